import { createHash } from 'node:crypto'
import { toPlainText } from '#lib/content/plain-text.ts'
import type { IngestContext } from '../ingest-context.ts'
import type { StoryText } from '../intake/story-identity.ts'
import type { StoryRecord } from '../state/story-table.ts'
import { readContentFile } from './content-files.ts'

/**
 * Lists an article that a person has edited and whose story has changed or was taken back: the report
 * names it, with the difference, in every pass until the file is saved with another content, is
 * deleted, or the story is as it was. `now` is undefined for a story that was taken back.
 */
export async function holdEditedArticle(
  { contentDir, store, now: clock }: Pick<IngestContext, 'contentDir' | 'store' | 'now'>,
  record: StoryRecord,
  path: string,
  now: StoryText | undefined,
): Promise<void> {
  const { sourceKey, publisher, id, title } = record
  const before = { title, text: record.text ?? '' }
  const difference = now && formatDifference(before, now)
  if (difference === '') {
    store.holds.remove(publisher, id)
    return
  }
  const why = now
    ? 'has changed at its source since a person edited the article'
    : 'was taken back by its source, but a person has edited the article'
  const fileDigest = toDigest(await readContentFile(contentDir, path))
  const since = clock().toISOString()
  const about = { sourceKey, publisher, id, title, why, path, difference, fileDigest, since }
  store.holds.write({ kind: 'article', ...about })
}

/** Removes the articles from the list that a person has saved again or deleted since they stand in it. */
export async function releaseHandledArticles({
  contentDir,
  store,
}: Pick<IngestContext, 'contentDir' | 'store'>): Promise<void> {
  for (const { kind, publisher, id, path, fileDigest } of store.holds.list()) {
    if (kind === 'story' || path === undefined) continue
    const digest = toDigest(await readContentFile(contentDir, path))
    if (digest === undefined || digest !== fileDigest) store.holds.remove(publisher, id)
  }
}

function toDigest(bytes: Uint8Array | undefined): string | undefined {
  return bytes && createHash('sha256').update(bytes).digest('base64url')
}

/** More sentences than this are counted; an editor reads the story itself then. */
const mostLines = 20
/** In characters of a sentence. */
const longestLine = 400
/** In characters of a text. */
const comparedLength = 20_000

/**
 * The sentences that only one of two texts has, those that went before those that came; empty when both
 * say the same. Texts are Markdown. Without an earlier text, as after the loss of the data folder, all
 * sentences of the new one came.
 */
function formatDifference(before: StoryText, after: StoryText): string {
  const [old, current] = [listSentences(before), listSentences(after)]
  const gone = [...old].filter((sentence) => !current.has(sentence)).map((one) => `- ${one}`)
  const come = [...current].filter((sentence) => !old.has(sentence)).map((one) => `+ ${one}`)
  const lines = [...gone, ...come].map((line) => line.slice(0, longestLine).toWellFormed())
  const rest = lines.length - mostLines
  return [...lines.slice(0, mostLines), ...(rest > 0 ? [`and ${rest} more sentences`] : [])].join(
    '\n',
  )
}

function listSentences({ title, text }: StoryText): Set<string> {
  const plain = toPlainText(text.slice(0, comparedLength))
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(plain)
  const sentences = [title, ...Array.from(segments, ({ segment }) => segment)]
  return new Set(sentences.map((one) => one.trim()).filter((one) => one !== ''))
}
