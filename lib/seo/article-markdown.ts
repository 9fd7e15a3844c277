import type { AiProvenance, Article } from '#lib/content/article.ts'
import { articlePath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

/**
 * An article as a Markdown document: a header of YAML that says what it is, where it stands and where
 * it comes from, then its title and its text as written. Values of the header are JSON strings, which
 * are YAML too. `siteUrl` is an origin without a trailing slash.
 */
export function articleMarkdown(article: Article, siteUrl: string): string {
  const { source, ai, corrections } = article
  const header: Record<string, unknown> = {
    title: toLine(article.title),
    description: toLine(article.description) || undefined,
    url: article.canonicalUrl ?? siteUrl + articlePath(article.locale, article.slug),
    language: article.locale,
    publisher: site().name,
    authors: article.authors.length > 0 ? article.authors.map(toLine) : undefined,
    published: article.publishedAt,
    updated: article.updatedAt === article.publishedAt ? undefined : article.updatedAt,
    category: toLine(article.category),
    tags: article.tags.length > 0 ? article.tags.map(toLine) : undefined,
    source: source && toLine(source.name),
    source_url: source?.url,
    machine_written: ai && describeProvenance(ai),
    reviewed_by: article.reviewedBy && toLine(article.reviewedBy),
    reviewed: article.reviewedAt,
    corrections:
      corrections.length > 0
        ? corrections.map(({ at, text }) => `${at.slice(0, 10)}: ${toLine(text)}`)
        : undefined,
  }
  const lines = Object.entries(header)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${toYaml(value)}`)
  const heading = toLine(article.title).replace(/[\\`*_[\]<>&]/g, '\\$&')
  const body = article.body.toWellFormed().trim()
  return ['---', ...lines, '---', '', `# ${heading}`, '', ...(body ? [body, ''] : [])].join('\n')
}

/** `undefined` when a model had no part in the text. */
function describeProvenance(ai: AiProvenance): string | undefined {
  const parts = [
    ai.rewritten ? 'written by a language model from the source' : undefined,
    ai.translatedFrom ? `translated by a language model from ${ai.translatedFrom}` : undefined,
    ai.expandedAt && !ai.rewritten ? 'expanded by a language model' : undefined,
  ].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join('; ') : undefined
}

const toLine = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()

const toYaml = (value: unknown) => JSON.stringify(value)
