import { createHash } from 'node:crypto'
import { z } from 'zod'
import { decodeDocument } from '../fetch/decode-document.ts'
import type { FeedSourceConfig } from '../settings/ingest-config.ts'
import type { RawStory } from '../story.ts'
import type { FeedStory } from './parse-feed.ts'
import type { Refusal, SourceAnswer, SourceTools } from './source-answer.ts'

const memorySchema = z.object({
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** Of the document as it was last read, for servers that never say 304. */
  digest: z.string(),
})

type Memory = z.output<typeof memorySchema>

/** Reads a feed once. Throws `FetchFailure`. */
export async function readFeed(
  config: FeedSourceConfig,
  tools: SourceTools,
): Promise<SourceAnswer> {
  const memory = parseMemory(tools.memory)
  const fetched = await tools.fetchDocument(config.url, {
    allowPrivate: config.allowPrivate,
    validators: memory && { etag: memory.etag, lastModified: memory.lastModified },
  })
  const nothing = { stories: undefined, refusals: [], notes: [] }
  if (!fetched) return { ...nothing, memory: tools.memory ?? '' }
  const digest = createHash('sha256').update(fetched.bytes).digest('base64url')
  const { etag, lastModified } = fetched
  const next = JSON.stringify({ etag, lastModified, digest } satisfies Memory)
  if (digest === memory?.digest) return { ...nothing, memory: next }
  // Loaded when there is something to parse: mostly there is not.
  const { parseFeed } = await import('./parse-feed.ts')
  const { type, stories, notes } = parseFeed(decodeDocument(fetched.bytes, fetched.contentType))
  const refusals: Refusal[] = []
  const raw: RawStory[] = []
  for (const story of stories) {
    const why = findFault(story)
    if (why === undefined) raw.push(toRawStory(story, type, config, fetched.url))
    else refusals.push({ what: story.title || story.id || 'a story', why })
  }
  if (stories.length === 0) notes.push('is empty')
  return { stories: raw, refusals, notes, memory: next }
}

function parseMemory(text: string | undefined): Memory | undefined {
  try {
    return memorySchema.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

function findFault({ id, title, text }: FeedStory): string | undefined {
  if (id === undefined || id.trim() === '') return 'has neither an id nor an address'
  return title.trim() === '' && text.trim() === '' ? 'has neither a title nor a text' : undefined
}

function toRawStory(
  { text, ...story }: FeedStory,
  type: string,
  config: FeedSourceConfig,
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
