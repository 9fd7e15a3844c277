import type { MessagePort } from 'node:worker_threads'
import type { FileChange } from '#lib/article-index/writes/article-writer.ts'
import { type BulkWriter, openBulkWriter } from '#lib/article-index/writes/bulk-writer.ts'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import type { Problem } from '#lib/content/problem.ts'
import { readSettledChanges } from './read-changes.ts'
import { mostProblems, problemsOf } from './sync-report.ts'

export type LoadRequest = {
  contentDir: string
  /** Relative to the content folder, those of the oldest month first. */
  paths: string[]
  /** The file to make. */
  indexFile: string
  /** In ms since 1970. */
  now: number
  /** Is sent how many files were read, now and then. */
  port: MessagePort
}

/** Errors and warnings of the files; the first thousand. */
export type LoadAnswer = { problems: Problem[] }

/** So many files, with their texts, are written together: some 30 MB. */
const filesPerBatch = 4096

/**
 * Runs in a thread of its own, because the statements at the end take seconds: reads files, in further
 * threads, and writes them to a new index. A file that is gone is left out.
 */
export async function load({
  contentDir,
  paths,
  indexFile,
  now,
  port,
}: LoadRequest): Promise<LoadAnswer> {
  const writer = openBulkWriter(indexFile, now)
  const problems: Problem[] = []
  try {
    const files = paths.map((path) => ({ path, known: undefined }))
    const batch: FileChange[] = []
    let filesRead = 0
    for await (const looks of readSettledChanges(contentDir, files)) {
      for (const { look } of looks) {
        if (look === 'unchanged') continue
        batch.push(look.change)
        if (problems.length < mostProblems) problems.push(...problemsOf(look.change))
      }
      const thousands = Math.floor(filesRead / 1000)
      filesRead += looks.length
      if (Math.floor(filesRead / 1000) > thousands) port.postMessage(filesRead)
      if (batch.length >= filesPerBatch) await write(writer, batch.splice(0))
    }
    await write(writer, batch)
    for (const _ of writer.finish());
  } finally {
    writer.close()
    port.close()
  }
  return { problems: problems.slice(0, mostProblems) }
}

/** Between its steps the threads that read are given their next files. */
async function write(writer: BulkWriter, changes: FileChange[]): Promise<void> {
  const pause = createPauses()
  for (const _ of writer.add(changes)) await pause()
}
