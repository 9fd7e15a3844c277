import type { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { isBusy, isUnwritable } from '#lib/node/sqlite.ts'
import type { ArticleAddress } from '../article-index.ts'
import type { ArticleWriter, FileChange, Position } from './article-writer.ts'
import { createPauses } from './pauses.ts'
import type { Removal } from './placement-writer.ts'

/** How long one process waits for another that writes to the same index. */
const longestWait = 120_000

/** What one piece of writing may do, a few ms at a time, while no other writes through the same index. */
export type WriteSession = Pick<
  ArticleWriter,
  | 'listFingerprints'
  | 'findFile'
  | 'findArticleOf'
  | 'listEntriesOf'
  | 'countFiles'
  | 'findPosition'
  | 'forgetFiles'
> & {
  /** Another number when the index was rebuilt and holds nothing of what it held. */
  rebuildCount: number
  /** Waits until nobody else writes. What `findFile` says from then on stays true until the commit. */
  begin(): Promise<void>
  /** Makes a change, beginning a transaction if none is open. */
  apply(change: FileChange): Promise<ArticleAddress[]>
  /**
   * Makes the changes since the last commit visible to readers. Does nothing when there are none.
   *
   * Where the index is a copy, `settle` is called before, with the listings that have lost an article.
   * It answers where the copy stands with these changes, and the removals that its origin knows of if
   * they are to be taken instead. When it throws, nothing is committed.
   */
  commit(settle?: Settle): Promise<void>
}

type Settle = (
  removals: Removal[],
) => Promise<{ position?: Position | undefined; removals?: Removal[] }>

/**
 * Does some work on a connection. What it changed is committed and given a revision when it ends;
 * when it ends by throwing, what it had committed stays and gets its revision too.
 */
export async function runSession<Result>(
  { db, writer, rebuildCount }: { db: DatabaseSync; writer: ArticleWriter; rebuildCount: number },
  work: (session: WriteSession) => Promise<Result>,
  /** Called with the path of every file that is looked up or changed. */
  onPath: (path: string) => void = () => {},
): Promise<Result> {
  const countChange = db.prepare('UPDATE state SET generation = generation + 1')
  const pause = createPauses()
  let hasChanges = false

  async function begin(): Promise<void> {
    if (db.isTransaction) return
    await beginTransaction(db)
    writer.begin()
  }

  async function apply(change: FileChange): Promise<ArticleAddress[]> {
    onPath(change.kind === 'gone' ? change.path : change.file.path)
    await begin()
    if (change.kind !== 'touched') hasChanges = true
    const addresses = writer.apply(change)
    await pause()
    return addresses
  }

  async function commit(settle?: Settle): Promise<void> {
    if (!db.isTransaction) return
    const own = writer.listRemovals()
    const { position, removals = own } = (await settle?.(own)) ?? {}
    for (const _ of writer.end(removals)) await pause()
    // What this node alone has changed makes it no copy: a fleet that it joins again has not seen that.
    if (position || (hasChanges && !settle)) writer.setPosition(position)
    // When an article left a listing stands in feeds, also where it was never in this index.
    const hasOthers = removals !== own && removals.length > 0
    if (hasChanges || hasOthers) countChange.run()
    hasChanges = false
    db.exec('COMMIT')
    await pause()
  }

  try {
    const { listFingerprints, findArticleOf, listEntriesOf, countFiles } = writer
    const { findPosition, forgetFiles } = writer
    const result = await work({
      rebuildCount,
      listFingerprints,
      findFile(path) {
        onPath(path)
        return writer.findFile(path)
      },
      findArticleOf,
      listEntriesOf,
      countFiles,
      findPosition,
      forgetFiles,
      begin,
      apply,
      commit,
    })
    await commit()
    return result
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
    await revise(db).catch(ignoreFullDisk)
  }
}

/** Reading goes on when nothing can be written; the next work that can gives the revision. */
function ignoreFullDisk(error: unknown): void {
  if (!isUnwritable(error)) throw error
}

/** A revision for everything committed since the last one, by this work or one that was cut short. */
async function revise(db: DatabaseSync): Promise<void> {
  const behind = 'generation > revised_generation'
  if (!db.prepare(`SELECT 1 FROM state WHERE ${behind}`).get()) return
  await beginTransaction(db)
  try {
    db.exec(`
    UPDATE state SET revision = revision + 1, revised_generation = generation WHERE ${behind};
    COMMIT;
  `)
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
  }
}

async function beginTransaction(db: DatabaseSync): Promise<void> {
  const deadline = performance.now() + longestWait
  for (;;) {
    try {
      db.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
    }
    await setTimeout(30)
  }
}
