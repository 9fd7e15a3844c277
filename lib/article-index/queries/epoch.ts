import type { DatabaseSync } from 'node:sqlite'
import { millisecondsPer } from '#lib/site/mood.ts'
import { numberOf } from '../store/rows.ts'

/** Counted across connections: a file that was replaced must not bring an old number back. */
let lastEpoch = 0

/**
 * A number that changes whenever something was written, suppressed or has become due, and with every
 * full hour: what is counted over the last hours or days is another count then.
 *
 * One short query shows whether another connection has written; `clock.now` is in ms since 1970,
 * `clock.suppressedVersion` another number whenever other articles are suppressed.
 */
export function createEpoch(
  db: DatabaseSync,
  clock: { now: number; suppressedVersion: number },
  findNextDueAt: () => string | undefined,
): () => number {
  const findGeneration = db.prepare('SELECT generation FROM state')
  let epoch = 0
  let generation = -1
  let suppressedVersion = -1
  let from = 0
  let until = 0

  return () => {
    const row = findGeneration.get()
    const current = row ? numberOf(row, 'generation') : 0
    const isSame = current === generation && clock.suppressedVersion === suppressedVersion
    if (isSame && clock.now >= from && clock.now < until) return epoch
    const due = findNextDueAt()
    generation = current
    suppressedVersion = clock.suppressedVersion
    from = clock.now
    const nextHour = (Math.floor(clock.now / millisecondsPer.hour) + 1) * millisecondsPer.hour
    until = due ? Math.min(Date.parse(due), nextHour) : nextHour
    lastEpoch += 1
    epoch = lastEpoch
    return epoch
  }
}
