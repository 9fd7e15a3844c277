import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { FeedSourceConfig } from '../settings/ingest-config.ts'
import type { SourceAnswer, SourceTools } from './source-answer.ts'

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
  const nothing = { stories: undefined, refusals: [], notes: [], milliseconds: 0 }
  if (!fetched) return { ...nothing, memory: tools.memory ?? '' }
  const digest = createHash('sha256').update(fetched.bytes).digest('base64url')
  const { etag, lastModified } = fetched
  const next = JSON.stringify({ etag, lastModified, digest } satisfies Memory)
  if (digest === memory?.digest) return { ...nothing, memory: next }
  const { bytes, contentType, url } = fetched
  const { name, key, language } = config
  const { value, milliseconds } = await tools.reading.document(
    'readFeedDocument',
    { bytes, contentType, url },
    { name, key, language },
  )
  return { ...value, memory: next, milliseconds }
}

function parseMemory(text: string | undefined): Memory | undefined {
  try {
    return memorySchema.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}
