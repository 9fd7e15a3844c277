import { z } from 'zod'
import { type BlobStoreOptions, openBlobStore } from '#lib/node/blob-store.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { CachedPage } from './page-cache.ts'

/** A page as it lies on disk, with the answers it was made from as the cache gave them: plain JSON. */
type StoredPage<Answer> = { page: CachedPage; answers: Answer[] }

/** Pages on disk: a help that may fail at any time, see `BlobStore`. */
export type PageStore<Answer> = {
  find(path: string): StoredPage<Answer> | undefined
  write(path: string, stored: StoredPage<Answer>): void
  forget(path: string): void
  byteLength(): number
  close(): void
}

/** `namespace` is the build and public address that the pages belong to. */
export type PageStoreOptions<Answer> = Omit<BlobStoreOptions, 'what'> & {
  /** Reads back what `write` was given; throws when it is not that. */
  parseAnswers: (json: unknown) => Answer[]
}

const factsSchema = z.object({
  status: z.number(),
  contentType: z.string(),
  lastModifiedAt: z.string(),
  etag: z.string(),
  answers: z.unknown(),
})

export function openPageStore<Answer>(options: PageStoreOptions<Answer>): PageStore<Answer> {
  const blobs = openBlobStore({ ...options, what: 'Pages' })
  return {
    find(path) {
      const found = blobs.find(path)
      if (!found) return undefined
      try {
        const { answers, ...facts } = factsSchema.parse(JSON.parse(found.facts))
        const body = Buffer.from(found.body.buffer, found.body.byteOffset, found.body.byteLength)
        return { page: { ...facts, body }, answers: options.parseAnswers(answers) }
      } catch (error) {
        const reason = reasonOf(error)
        options.log.warn('A page that is kept on disk cannot be read.', { path, reason })
        blobs.forget(path)
        return undefined
      }
    },
    write(path, { page: { body, ...facts }, answers }) {
      blobs.write(path, { body, facts: JSON.stringify({ ...facts, answers }) })
    },
    forget: blobs.forget,
    byteLength: blobs.byteLength,
    close: blobs.close,
  }
}
