import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { FeedSourceConfig } from '../settings/ingest-config.ts'
import type { SourceReader, SourceResult } from './source-result.ts'

const checkpointSchema = z.object({
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** Of the document as it was last read, for servers that never say 304. */
  digest: z.string(),
})

type Checkpoint = z.output<typeof checkpointSchema>

/** Reads a feed once. Throws `FetchFailure`. */
export async function fetchFeed(
  config: FeedSourceConfig,
  tools: SourceReader,
): Promise<SourceResult> {
  const checkpoint = parseCheckpoint(tools.checkpoint)
  const fetched = await tools.fetchDocument(config.url, {
    allowPrivate: config.allowPrivate,
    validators: checkpoint && { etag: checkpoint.etag, lastModified: checkpoint.lastModified },
  })
  const nothing = { stories: undefined, rejections: [], notes: [], milliseconds: 0 }
  if (!fetched) return { ...nothing, checkpoint: tools.checkpoint ?? '' }
  const digest = createHash('sha256').update(fetched.bytes).digest('base64url')
  const { etag, lastModified } = fetched
  const next = JSON.stringify({ etag, lastModified, digest } satisfies Checkpoint)
  if (digest === checkpoint?.digest) return { ...nothing, checkpoint: next }
  const { bytes, contentType, url } = fetched
  const { name, key, language } = config
  const { value, milliseconds } = await tools.workers.document(
    'parseFeedDocument',
    { bytes, contentType, url },
    { name, key, language },
  )
  return { ...value, checkpoint: next, milliseconds }
}

function parseCheckpoint(text: string | undefined): Checkpoint | undefined {
  try {
    return checkpointSchema.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}
