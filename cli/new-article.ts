import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { findUnknownCategory } from '#lib/content/check-file.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { composeNewArticle } from '#lib/desk/new-article.ts'
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

const sentences = {
  'no-title': 'The title is empty.',
  'same-language': 'The original is in this language as well: say the other language with --lang.',
  'no-section': 'Say the section with --category, such as MARKETS.',
  'no-slug': 'The title gives no slug of letters and digits: say one with --slug.',
}

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
  const composed = composeNewArticle(
    {
      title,
      locale,
      category: options.category,
      description: options.description,
      tags: options.tags === undefined ? undefined : splitTags(options.tags),
      slug: options.slug,
      original,
      body: options.text === undefined ? undefined : await readText(options.text),
      isDraft: options.draft,
    },
    now,
  )
  if ('fault' in composed) throw new UsageError(sentences[composed.fault])
  const { path, slug, text: content } = composed
  const holder = await findHolder(contentDir, { slug, locale })
  if (holder) throw new Error(`${holder} has the slug ${slug} already; nothing was written.`)
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
  // Below our front matter a second one would be printed as text.
  if (/^\uFEFF?(---|\+\+\+)[ \t]*\r?\n\s*[\w-]+\s*[:=]/.test(text)) {
    throw new UsageError(
      `${file === '-' ? 'Standard input' : file} begins with front matter: give the text alone, or save the file in the content folder itself.`,
    )
  }
  return text
}
