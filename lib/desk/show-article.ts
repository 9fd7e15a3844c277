import type { Article } from '#lib/content/article.ts'
import { readContentFile } from '#lib/content/content-file.ts'
import { isLocale, type Locale } from '#lib/site/locales.ts'
import { readStory, toOriginalPath } from './ingest-link.ts'
import { splitReason } from './list-needs.ts'
import type { Desk } from './open-desk.ts'
import { parseOnce } from './parse-once.ts'
import { type OpenedFile, openFile } from './save-file.ts'

/** What the text of an article was made from: a source's story, or the article that was translated. */
export type ReviewSource = {
  kind: 'story' | 'article'
  title: string
  /** Markdown. */
  text: string
  language: Locale
  /** Of the story at its source, or the file of the original. */
  url: string | undefined
  path: string | undefined
}

/** A doubt of the check: its sentence, and the words that it quotes of the article and of the source. */
export type Doubt = { reason: string; inArticle: string[]; inSource: string[] }

/** An article with what it was made from and what is doubted in it. */
export type ReviewView = {
  file: OpenedFile
  article: Article
  source: ReviewSource | undefined
  doubts: Doubt[]
}

/**
 * An article for review. A translation is shown beside its original, any other text beside its story.
 * Throws `InvalidArticleError` for a file that holds no article; undefined when there is no file.
 */
export async function showArticle(desk: Desk, path: string): Promise<ReviewView | undefined> {
  const file = await openFile(desk, path)
  if (!file) return undefined
  const { article } = await parseOnce(file)
  const from = article.ai?.translatedFrom
  const original =
    from === undefined || !isLocale(from)
      ? undefined
      : await readOriginal(desk, toOriginalPath(path, from))
  const source = original ?? readStory(desk.dataDir, path)
  return { file, article, source, doubts: splitReason(article.draftReason ?? '').map(toDoubt) }
}

async function readOriginal(desk: Desk, path: string): Promise<ReviewSource | undefined> {
  const bytes = await readContentFile(desk.contentDir, path)
  if (!bytes) return undefined
  const { title, body, locale } = (await parseOnce({ path, bytes })).article
  return { kind: 'article', title, text: body, language: locale, url: undefined, path }
}

/**
 * What the sentence quotes, by where that stands: “has “5” where the story has “6”” says one of each. A
 * sentence that does not say it, such as a person's, may mean either.
 */
function toDoubt(reason: string): Doubt {
  const listQuoted = (text: string) => [
    ...new Set(Array.from(text.matchAll(/“([^”]+)”/g), ([, quoted = '']) => quoted)),
  ]
  if (/^The story gives orders|” of the (?:story|original) is missing/.test(reason)) {
    return { reason, inArticle: [], inSource: listQuoted(reason) }
  }
  const [ours = '', theirs] = reason.split(/ where the (?:story|original) (?=(?:has|says) “)/)
  const inArticle = listQuoted(ours)
  return { reason, inArticle, inSource: theirs === undefined ? inArticle : listQuoted(theirs) }
}
