import { decodeDocument } from '../fetch/decode-document.ts'
import { identifyStory } from '../intake/identify-story.ts'
import type { FeedSourceConfig } from '../settings/ingest-config.ts'
import type { IdentifiedStory, RawStory } from '../story.ts'
import { type FeedStory, parseFeed } from './parse-feed.ts'
import type { Rejection } from './source-result.ts'

/** More stories than this are not read from one document; real feeds have up to a few hundred. */
const maxStories = 1000

/** What a document of a source holds. `notes` are peculiarities that are no failures. */
export type ParsedDocument = {
  stories: IdentifiedStory[]
  rejections: Rejection[]
  notes: string[]
}

/** The stories of a feed's document. Throws `FetchFailure` when there is no feed in it. */
export function parseFeedDocument(
  document: { bytes: Uint8Array; contentType: string; url: string },
  config: Pick<FeedSourceConfig, 'name' | 'key' | 'language'>,
): ParsedDocument {
  const { type, stories, notes } = parseFeed(decodeDocument(document.bytes, document.contentType))
  if (stories.length === 0) notes.push('is empty')
  if (stories.length > maxStories) {
    notes.push(`has ${stories.length} stories; only the first ${maxStories} are read`)
  }
  const rejections: Rejection[] = []
  const read: IdentifiedStory[] = []
  for (const story of stories.slice(0, maxStories)) {
    const why = findFault(story)
    if (why === undefined) read.push(identifyStory(toRawStory(story, type, config, document.url)))
    else rejections.push({ what: (story.title || story.id || 'a story').slice(0, 200), why })
  }
  return { stories: read, rejections, notes }
}

function findFault({ id, title, text }: FeedStory): string | undefined {
  if (id === undefined || id.trim() === '') return 'has neither an id nor an address'
  return title.trim() === '' && text.trim() === '' ? 'has neither a title nor a text' : undefined
}

function toRawStory(
  { text, ...story }: FeedStory,
  type: string,
  config: Pick<FeedSourceConfig, 'name' | 'key' | 'language'>,
  base: string,
): RawStory {
  return {
    ...story,
    source: { name: config.name, key: config.key, type },
    url: story.url === undefined ? undefined : URL.parse(story.url.trim(), base)?.href,
    html: text,
    sentiment: undefined,
    score: undefined,
    language: config.language,
    isSponsored: story.categories.some((name) => /^(sponsored|advertorial|реклама)$/i.test(name)),
    isWithdrawn: false,
  }
}
