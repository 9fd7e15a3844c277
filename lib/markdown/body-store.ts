import { join } from 'node:path'
import { z } from 'zod'
import { openBlobStore } from '#lib/node/blob-store.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import { readSourceVersion } from '#lib/node/source-version.ts'
import { readSiteText } from '#lib/site/site.ts'
import type { CompiledBody } from './compiled-body.ts'

/** Compiled bodies on disk: a help that may fail at any time, see `BlobStore`. */
export type BodyStore = {
  find(key: string): CompiledBody | undefined
  write(key: string, compiled: CompiledBody): void
  close(): void
}

/** How much is kept on disk, in bytes when compressed: some 50,000 articles of 5 KB. */
const mostBytes = 256 * 1024 * 1024

const markupSchema = z
  .object({
    texts: z.array(z.string()),
    holes: z.array(z.object({ kind: z.enum(['link', 'picture']), path: z.string() })),
  })
  .refine(({ texts, holes }) => texts.length === holes.length + 1)

const bodySchema = z.object({
  page: markupSchema,
  feed: markupSchema.optional(),
  headings: z.array(z.object({ id: z.string(), text: z.string(), depth: z.number() })),
})

/** Bodies that this code and this publication compiled; those of others are not found. */
export function openBodyStore({
  dataDir,
  log,
  now,
  maxBytes = mostBytes,
}: {
  dataDir: string
  log: Log
  now: () => Date
  maxBytes?: number
}): BodyStore {
  const blobs = openBlobStore({
    file: join(dataDir, 'bodies.sqlite'),
    what: 'Bodies',
    maxBytes,
    namespace: `${readSourceVersion(['lib/markdown/compile-body.ts'], readSiteText())}`,
    now,
    log,
  })
  return {
    find(key) {
      const found = blobs.find(key)
      if (!found) return undefined
      try {
        const { feed, ...body } = bodySchema.parse(JSON.parse(Buffer.from(found.body).toString()))
        return { ...body, feed }
      } catch (error) {
        const reason = reasonOf(error)
        log.warn('A body that is kept on disk cannot be read and is compiled again.', { reason })
        blobs.forget(key)
        return undefined
      }
    },
    write(key, compiled) {
      blobs.write(key, { body: Buffer.from(JSON.stringify(compiled)), facts: '' })
    },
    close: blobs.close,
  }
}
