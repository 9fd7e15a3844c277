import type { MessagePort } from 'node:worker_threads'
import type { FileChange } from '#lib/article-index/writes/article-writer.ts'
import { openBulkWriter } from '#lib/article-index/writes/bulk-writer.ts'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import type { Removal } from '#lib/article-index/writes/placement-writer.ts'
import { type PreparedHere, readDocuments } from './apply-documents.ts'
import { openFleetDatabase } from './fleet-database.ts'

export type LoadRequest = {
  databaseUrl: string
  mediaDir: string
  /** The file to make. */
  indexFile: string
  /** In ms since 1970. */
  now: number
  /** Rows that are made here are written back for the others. */
  refreshes: boolean
  /** Is sent how many documents were read, now and then. */
  port: MessagePort
}

/** The file holds all documents of this revision. */
export type LoadAnswer = { revision: number; removals: Removal[] }

/** So many documents are written together. */
const documentsPerBatch = 4096

/** Runs in a thread of its own: copies all documents of the database to a new index. */
export async function load({
  databaseUrl,
  mediaDir,
  indexFile,
  now,
  refreshes,
  port,
}: LoadRequest): Promise<LoadAnswer> {
  const database = openFleetDatabase(databaseUrl, { isLoading: true })
  const writer = openBulkWriter(indexFile, now)
  const pause = createPauses()
  const write = async (changes: FileChange[]) => {
    for (const _ of writer.add(changes)) await pause()
  }
  try {
    return await database.snapshot(async (snapshot) => {
      const { revision } = await snapshot.findState()
      const removals = await snapshot.listRemovalsAfter(0)
      const batch: FileChange[] = []
      let count = 0
      for await (const documents of snapshot.listAll()) {
        const made: PreparedHere[] = []
        const read = readDocuments(snapshot, documents, mediaDir, (one) => made.push(one))
        for await (const { change } of read) batch.push(change)
        if (refreshes && made.length > 0) await database.refresh(made)
        count += documents.length
        port.postMessage(count)
        if (batch.length >= documentsPerBatch) await write(batch.splice(0))
      }
      await write(batch)
      for (const _ of writer.finish());
      return { revision, removals }
    })
  } finally {
    writer.close()
    port.close()
    await database.close()
  }
}
