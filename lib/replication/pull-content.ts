import { link, lstat, mkdir, open, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isContentPath, isPassiveMedia } from '#lib/content/read-content-folder.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import { openFleetDatabase } from './fleet-database.ts'
import { copySharedFile, listSharedFiles, ofContent, readPieces } from './share-media.ts'

/** So many documents are read at a time. */
const filesPerPiece = 100

export type PullReport = {
  /** The revision of the database that was read. */
  revision: number
  /** Files that were missing; of these that were there, how many hold the same bytes. */
  written: number
  unchanged: number
  overwritten: number
  /** Files that are there with other bytes and were left as they are. */
  kept: string[]
  /** What the database has no bytes of, and what cannot be written, with the reason. */
  failed: { path: string; reason: string }[]
}

/**
 * Rebuilds a content folder from the database of a fleet: every file that is not deleted there, with
 * its bytes. A file that is here with other bytes is written over only with `overwrite`; a file that
 * only the folder has stays. Rejects when the database does not answer.
 */
export async function pullContent({
  databaseUrl,
  folder,
  overwrite,
}: {
  databaseUrl: string
  folder: string
  overwrite: boolean
}): Promise<PullReport> {
  const database = openFleetDatabase(databaseUrl, { isLoading: true })
  const report: PullReport = {
    revision: 0,
    written: 0,
    unchanged: 0,
    overwritten: 0,
    kept: [],
    failed: [],
  }
  try {
    await database.migrate()
    await mkdir(folder, { recursive: true })
    const root = await realpath(folder)
    await database.snapshot(async ({ listFiles, readSources, findState }) => {
      report.revision = (await findState()).revision
      for (let after = 0; ; ) {
        const files = await listFiles(after, filesPerPiece)
        const last = files.at(-1)
        if (!last) return
        for (const { path, deleted } of files) {
          if (deleted) continue
          // One by one: pictures are large.
          const bytes = (await readSources([path])).get(path)
          await pullFile(root, path, report, async (file, isThere) => {
            if (!bytes) throw new Error('it could not be read when it was published')
            if (!isThere) return await writeNew(file, bytes)
            if (Buffer.from(bytes).equals(await readFile(file))) return 'unchanged'
            if (overwrite) await writeWhole(file, bytes)
            return overwrite ? 'overwritten' : 'kept'
          })
        }
        after = last.revision
      }
    })
    for (const shared of await listSharedFiles(database, '=', ofContent)) {
      await pullFile(root, shared.path, report, async (file, isThere) => {
        if (!isThere) {
          await copySharedFile(database, shared, file, link)
          return 'written'
        }
        const names: string[] = []
        for await (const { name } of readPieces(file)) names.push(name)
        if (names.join() === shared.pieces.join()) return 'unchanged'
        if (overwrite) await copySharedFile(database, shared, file)
        return overwrite ? 'overwritten' : 'kept'
      })
    }
    return report
  } finally {
    await database.close()
  }
}

type Outcome = 'written' | 'unchanged' | 'overwritten' | 'kept'

async function pullFile(
  root: string,
  path: string,
  report: PullReport,
  pull: (file: string, isThere: boolean) => Promise<Outcome>,
): Promise<void> {
  try {
    if (!isContentPath(path) && !isPassiveMedia(path)) throw new Error('it is no path of content')
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    if ((await realpath(dirname(file))) !== dirname(file)) {
      throw new Error('it is reached through a link, and links are not followed')
    }
    const isThere = await lstat(file).then(
      (found) => {
        if (!found.isFile()) throw new Error('something else than a file is there')
        return true
      },
      () => false,
    )
    const outcome = await pull(file, isThere)
    if (outcome === 'kept') report.kept.push(path)
    else report[outcome] += 1
  } catch (error) {
    report.failed.push({ path, reason: error instanceof Error ? error.message : String(error) })
  }
}

/** A file that appears at the same moment is not written over: it throws. */
async function writeNew(file: string, bytes: Uint8Array): Promise<Outcome> {
  const handle = await open(file, 'wx', 0o644)
  try {
    await handle.writeFile(bytes)
  } finally {
    await handle.close()
  }
  return 'written'
}
