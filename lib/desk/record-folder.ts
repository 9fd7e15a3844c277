import { lstatSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { contentKindOf, listContentFiles } from '#lib/content/read-content-folder.ts'
import type { Desk } from './open-desk.ts'
import { recordFound } from './save-file.ts'

/**
 * Looks through the content folder and keeps what has changed since the last look as revisions: those
 * that ingest wrote as `ingest`, others as `found`, files that are gone as deleted. Files whose size,
 * time and inode are the same are not read. The first look keeps all files, so that the text before a
 * later change in the folder is there. Yields to other work after every file that it reads. To be called
 * when the desk starts and after each sync of the content.
 */
export async function recordFolder(
  desk: Desk,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ recorded: number; deleted: number }> {
  const { history, contentDir } = desk
  const seen = history.mapSeen()
  let recorded = 0
  for await (const { path, absolutePath } of listContentFiles(contentDir)) {
    if (signal?.aborted) return { recorded, deleted: 0 }
    if (contentKindOf(path) === 'picture') continue
    const found = lstatSync(absolutePath, { throwIfNoEntry: false })
    const stamp = found && `${found.size} ${found.mtimeMs} ${found.ino}`
    const former = seen.get(path)
    seen.delete(path)
    if (stamp === undefined || stamp === former) continue
    const bytes = await readFile(absolutePath).catch(() => undefined)
    if (!bytes) continue
    recordFound(desk, path, bytes)
    history.setSeen(path, stamp)
    recorded += 1
    await setImmediate()
  }
  for (const path of seen.keys()) {
    const at = desk.now().toISOString()
    history.record({ path, bytes: undefined, kind: 'found', by: '', note: 'Deleted', at })
    history.setSeen(path, undefined)
  }
  return { recorded, deleted: seen.size }
}
