import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import { toUrlKey } from '../intake/story-url.ts'

/** A story that an article was written from or that is credited in one. */
export type PublishedStory = {
  publisher: string
  id: string
  url: string | undefined
  /** The file of the article, relative to the content folder. */
  path: string
}

/** Where the record is, relative to the content folder. */
const publishedRecordPath = '.ingest/published.tsv'

/**
 * Which stories have become articles, in a file beside the articles: publisher, id, address and path,
 * separated by tabs, one story a line. It is what remains of an article that a person has deleted, so
 * that its story is not published again after the data folder was lost. Lines are only ever added.
 */
export type PublishedRecord = {
  has(publisher: string, id: string | undefined, urlKey: string | undefined): boolean
  add(stories: PublishedStory[]): void
}

/**
 * Opens the record of a content folder. Where there is none, the stories that `listKnown` gives begin
 * it. With `isDryRun` nothing is written.
 */
export function openPublishedRecord(
  contentDir: string,
  { isDryRun, listKnown }: { isDryRun: boolean; listKnown: () => PublishedStory[] },
): PublishedRecord {
  const file = join(contentDir, publishedRecordPath)
  let keys: Set<string> | undefined
  let needsLineEnd = false

  /** Read when it is first asked: most passes have no new story. */
  function readKeys(): Set<string> {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    // A run that was killed may have left half a line.
    needsLineEnd = text !== '' && !text.endsWith('\n')
    const read = new Set<string>()
    for (const line of text.split('\n')) {
      const [publisher, id, url] = line.split('\t')
      if (publisher && id) for (const key of listKeys(publisher, id, toUrlKey(url))) read.add(key)
    }
    return read
  }

  function add(stories: PublishedStory[]): void {
    keys ??= readKeys()
    const fresh = stories.filter(({ publisher, id }) => !keys?.has(toIdKey(publisher, id)))
    if (fresh.length === 0) return
    for (const { publisher, id, url } of fresh) {
      for (const key of listKeys(publisher, id, toUrlKey(url))) keys.add(key)
    }
    if (isDryRun) return
    mkdirSync(dirname(file), { recursive: true })
    appendFileSync(file, `${needsLineEnd ? '\n' : ''}${fresh.map(toLine).join('')}`)
    needsLineEnd = false
  }

  if (!existsSync(file)) add(listKnown())
  return {
    has(publisher, id, urlKey) {
      keys ??= readKeys()
      const all = keys
      return listKeys(publisher, id, urlKey).some((key) => all.has(key))
    },
    add,
  }
}

function toLine({ publisher, id, url, path }: PublishedStory): string {
  return `${[publisher, id, url ?? '', path].map(cleanLine).join('\t')}\n`
}

function listKeys(publisher: string, id: string | undefined, urlKey: string | undefined): string[] {
  return [
    ...(id === undefined ? [] : [toIdKey(publisher, id)]),
    ...(urlKey === undefined ? [] : [`${publisher}\nurl ${urlKey}`]),
  ]
}

function toIdKey(publisher: string, id: string): string {
  return `${publisher}\nid ${cleanLine(id)}`
}
