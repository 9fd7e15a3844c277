import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '#lib/content/problem.ts'
import { type ContentFile, listContentFiles } from '#lib/content/read-content-folder.ts'
import type { WritableArticleIndex } from './sqlite-article-index.ts'
import type { ArticleAddress, FileChange, IndexedFile } from './writes/article-writer.ts'
import { type ChangedFile, findChange, toFileChange } from './writes/content-changes.ts'
import { createPauses } from './writes/pauses.ts'
import type { WriteSession } from './writes/write-queue.ts'

/** Files looked at together, and changes written in one transaction. */
const filesPerLook = 64
const changesPerCommit = 200
const mostAddresses = 1000
const mostProblems = 1000

export type SyncReport = {
  /** Files: new, with other bytes than before, gone, and as they were. */
  added: number
  changed: number
  removed: number
  unchanged: number
  /** Errors and warnings of the files that were added or changed; the first thousand. */
  problems: Problem[]
  /** Where something else may be served now. `undefined` when that is more than 1,000 addresses. */
  addresses: ArticleAddress[] | undefined
  milliseconds: number
}

export type SyncProgress = { filesSeen: number; filesChanged: number }

/**
 * Brings the index up to date with the content folder, the newest files first. The event loop keeps
 * turning and readers see each few hundred changes as they are committed. Syncs of one index queue.
 *
 * A file that cannot be read or parsed leaves the index and is listed among its problems. A content
 * folder that is missing or cannot be read throws before anything is removed; `signal` stops between
 * files. Either way what was committed until then stays.
 */
export function syncArticles(
  index: Pick<WritableArticleIndex, 'write'>,
  options: {
    contentDir: string
    onProgress?: (progress: SyncProgress) => void
    signal?: AbortSignal
  },
): Promise<SyncReport> {
  return index.write(async (session) => {
    const run = startRun(session, options)
    const known = await run.listKnownFiles()
    for await (const files of inGroups(listContentFiles(options.contentDir))) {
      await run.lookAt(files, (path) => known.get(path))
      for (const { path } of files) known.delete(path)
    }
    for (const path of known.keys()) await run.note({ kind: 'gone', path })
    return await run.finish()
  })
}

/**
 * The same for the named files alone, whether they are new, changed or gone. Paths are relative to
 * the content folder; those that `listContentFiles` would never list are passed over.
 */
export function syncPaths(
  index: Pick<WritableArticleIndex, 'write'>,
  options: { contentDir: string; paths: string[] },
): Promise<SyncReport> {
  return index.write(async (session) => {
    await access(options.contentDir)
    const run = startRun(session, options)
    const files = Array.from(new Set(options.paths.filter(isContentPath)), (path) => ({
      path,
      absolutePath: join(options.contentDir, path),
    }))
    for await (const group of inGroups(files)) await run.lookAt(group, session.findFile)
    return await run.finish()
  })
}

type Run = {
  listKnownFiles(): Promise<Map<string, IndexedFile>>
  lookAt(files: ContentFile[], find: (path: string) => IndexedFile | undefined): Promise<void>
  note(changed: ChangedFile): Promise<void>
  finish(): Promise<SyncReport>
}

function startRun(
  session: WriteSession,
  options: { contentDir: string; onProgress?: (seen: SyncProgress) => void; signal?: AbortSignal },
): Run {
  const startedAt = performance.now()
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 }
  const problems: Problem[] = []
  const addresses = new Map<string, ArticleAddress>()
  const pause = createPauses()
  let waiting: FileChange[] = []

  async function note(changed: ChangedFile): Promise<void> {
    options.signal?.throwIfAborted()
    const change = toFileChange(changed)
    if (changed.kind === 'gone') counts.removed += 1
    else if (changed.kind === 'touched') counts.unchanged += 1
    else counts[changed.isNew ? 'added' : 'changed'] += 1
    waiting.push(change)
    if (problems.length < mostProblems) problems.push(...problemsOf(change))
    if (waiting.length >= changesPerCommit) await writeWaiting()
    await pause()
  }

  async function writeWaiting(): Promise<void> {
    for (const change of waiting) {
      for (const address of await session.apply(change)) {
        if (addresses.size > mostAddresses) break
        addresses.set(`${address.locale} ${address.slug}`, address)
      }
    }
    waiting = []
    await session.commit()
    const { added, changed, removed, unchanged } = counts
    const filesChanged = added + changed + removed
    options.onProgress?.({ filesSeen: filesChanged + unchanged, filesChanged })
  }

  return {
    note,

    async listKnownFiles() {
      const known = new Map<string, IndexedFile>()
      for (let after = ''; ; await pause()) {
        const files = session.listFiles(after, 2000)
        for (const file of files) known.set(file.path, file)
        const last = files.at(-1)
        if (!last) return known
        after = last.path
      }
    },

    async lookAt(files, find) {
      const changes = await Promise.all(files.map((file) => findChange(file, find(file.path))))
      for (const changed of changes) {
        if (changed) await note(changed)
        else counts.unchanged += 1
      }
      await pause()
    },

    async finish() {
      await writeWaiting()
      return {
        ...counts,
        problems: problems.slice(0, mostProblems),
        addresses: addresses.size > mostAddresses ? undefined : Array.from(addresses.values()),
        milliseconds: Math.round(performance.now() - startedAt),
      }
    },
  }
}

async function* inGroups(
  files: AsyncIterable<ContentFile> | Iterable<ContentFile>,
): AsyncGenerator<ContentFile[]> {
  let group: ContentFile[] = []
  for await (const file of files) {
    group.push(file)
    if (group.length < filesPerLook) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

function isContentPath(path: string): boolean {
  const names = path.split('/')
  return path.endsWith('.md') && names.every((name) => !/^(\.|$)|^node_modules$/.test(name))
}

function problemsOf(change: FileChange): Problem[] {
  if (change.kind === 'article') return change.warnings
  return change.kind === 'invalid' ? change.problems : []
}
