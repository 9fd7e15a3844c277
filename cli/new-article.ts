import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { stringify } from 'yaml'
import { isSlug } from '#lib/content/article-identity.ts'
import { findUnknownCategory } from '#lib/content/check-file.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { toArticlePath } from '#lib/ingest/publish/article-path.ts'
import { toSlug } from '#lib/ingest/publish/to-slug.ts'
import { siteEnv } from '#lib/site/env.ts'
import { defaultLocale, isLocale, locales } from '#lib/site/locales.ts'
import {
  createArticleFile,
  findArticle,
  findHolder,
  formatState,
  toState,
} from './article-files.ts'
import { type Report, typedFrom, UsageError } from './command.ts'

export type NewArticleOptions = {
  lang?: string
  category?: string
  description?: string
  tags?: string
  slug?: string
  draft?: boolean
  /** The path, slug or address of the article that the new one translates. */
  translationOf?: string
  /** A file that holds the text, `-` for standard input. Without it the article is a draft. */
  text?: string
}

/** The body of a new file without a text. */
const placeholder = 'The text goes here.\n'

/**
 * `dateline new`: writes `articles/<lang>/<yyyy>/<mm>/<slug>.md`, which passes the check. It never
 * overwrites a file. A translation has the slug, category, tags and cover of its original.
 */
export async function newArticle(
  title: string,
  options: NewArticleOptions,
  now = new Date(),
): Promise<Report> {
  const { contentDir, siteUrl } = siteEnv()
  const locale = options.lang ?? defaultLocale
  if (!isLocale(locale)) {
    throw new UsageError(`--lang is "${locale}", expected one of ${locales.join(', ')}.`)
  }
  const original =
    options.translationOf === undefined
      ? undefined
      : (await findArticle({ contentDir, named: options.translationOf })).article
  if (original?.locale === locale) {
    throw new UsageError(
      `The original is in ${locale} as well: say the other language with --lang.`,
    )
  }
  const category = options.category ?? original?.category
  if (category === undefined)
    throw new UsageError('Say the section with --category, such as MARKETS.')
  const slug = (options.slug ?? original?.slug ?? toSlug(title)).normalize('NFC')
  if (!isSlug(slug)) {
    throw new UsageError('The title gives no slug of letters and digits: say one with --slug.')
  }
  const holder = await findHolder(contentDir, { slug, locale })
  if (holder) throw new Error(`${holder} has the slug ${slug} already; nothing was written.`)

  const publishedAt = now.toISOString()
  const path = toArticlePath(locale, publishedAt, slug)
  const body = options.text === undefined ? placeholder : await readText(options.text)
  const fields = {
    title,
    description: options.description,
    publishedAt,
    lang: locale,
    category,
    tags: options.tags === undefined ? original?.tags : splitTags(options.tags),
    coverImage: original?.cover,
    // A file without a text is a draft.
    draft: options.draft || options.text === undefined || undefined,
  }
  const content = `---\n${stringify(fields, { lineWidth: 0 })}---\n${body}`
  const bytes = new TextEncoder().encode(content)
  const parsed = parseArticle({ path, bytes })
  await createArticleFile(contentDir, path, content)
  const state = toState({ path, article: parsed.article }, { siteUrl, now })
  const warnings = [...parsed.warnings, ...findUnknownCategory(parsed.article, path, bytes)]
  const notes = warnings.map(
    ({ field, found, expected }) => `Warning: ${field} found ${found}, expected ${expected}`,
  )
  return { text: formatState(state), json: state, notes: notes.join('\n') }
}

const splitTags = (tags: string) =>
  tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)

async function readText(file: string): Promise<string> {
  const text =
    file === '-' ? await readAll(process.stdin) : await readFile(resolve(typedFrom(), file), 'utf8')
  if (text.trim() === '')
    throw new Error(`${file === '-' ? 'Standard input' : file} holds no text.`)
  return text
}
