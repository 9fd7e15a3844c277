import { dump } from 'js-yaml'
import type { Article } from './article.ts'

/** What ingest writes into its own files; see `ingest` in `frontMatterSchema`. */
export type IngestMark = { story: string | undefined; seal: string | undefined }

/**
 * An article → the text of its file, which `parseArticle` reads back as the same article. Fields
 * that say nothing are left out; the order is that of the schema's readers: headline first. Slug and
 * word count are not in the file.
 */
export function formatArticle(
  article: Omit<Article, 'slug' | 'wordCount'>,
  mark?: IngestMark,
): string {
  const { locale, cover, corrections, score, stickyWeight, ai, ...rest } = article
  const fields = {
    title: rest.title,
    description: rest.description || undefined,
    publishedAt: rest.publishedAt,
    updatedAt: rest.updatedAt,
    lang: locale,
    externalId: rest.externalId,
    source: rest.source,
    alsoReportedBy: listed(rest.alsoReportedBy),
    authors: listed(rest.authors),
    category: rest.category,
    tags: listed(rest.tags),
    stickyWeight,
    sentiment: rest.sentiment,
    score,
    draft: rest.draft,
    draftReason: rest.draftReason,
    coverImage: cover,
    // Where ingest wrote the file it says so also of a text that no model touched.
    ai: ai ?? (mark ? { rewritten: false } : undefined),
    canonicalUrl: rest.canonicalUrl,
    aliases: listed(rest.aliases),
    corrections: listed(corrections),
    noindex: rest.noindex || undefined,
    withdrawn: rest.withdrawn || undefined,
    ingest: mark,
  }
  const yaml = dump(withoutNothing(fields), { lineWidth: -1, noRefs: true })
  return `---\n${yaml}---\n${rest.body}`
}

function listed<Value>(values: Value[]): Value[] | undefined {
  return values.length > 0 ? values : undefined
}

/** Undefined fields go, however deep; a mapping that is empty afterwards goes too. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([key, part]) => [key, withoutNothing(part)] as const)
    .filter(([, part]) => part !== undefined)
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}
