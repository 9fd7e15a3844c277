/**
 * What has to wait: a look that would remove more than a share of the files, and at least so many.
 * `waits`: it is removed after a minute. Otherwise only when an operator confirms it.
 */
export type RemovalLimit = { largestShare: number; fewest: number; waits: boolean }

/** What was removed within this time, in ms, counts together, and what waits does so for as long. */
const waitMilliseconds = 60_000

/** Files that are missing from the content folder and stay in the index for the time being. */
export type HeldRemovals = {
  missing: number
  known: number
  /** When they are removed unless they are back. UTC ISO instant; undefined: when that is confirmed. */
  removedAt: string | undefined
}

export type RemovalGuard = {
  /**
   * Asks whether `missing` of `known` files may be removed from the index now. Undefined when they
   * may; then they count as removed.
   */
  judge(missing: number, known: number, isConfirmed?: boolean): HeldRemovals | undefined
}

/**
 * A content folder that is empty for a moment (another disk is mounted, a release is copied) must not
 * take every article offline. So a large removal waits for a minute, unless it is confirmed.
 */
export function createRemovalGuard(
  now: () => number = Date.now,
  { largestShare, fewest, waits }: RemovalLimit = { largestShare: 1 / 5, fewest: 20, waits: true },
): RemovalGuard {
  let removals: { at: number; count: number }[] = []
  let heldSince: number | undefined

  return {
    judge(missing, known, isConfirmed = false) {
      const at = now()
      removals = removals.filter((one) => at - one.at < waitMilliseconds)
      const before = removals.reduce((sum, { count }) => sum + count, 0)
      const removed = before + missing
      const isLarge = removed >= fewest && removed > (known + before) * largestShare
      if (missing > 0 && isLarge && !isConfirmed) {
        heldSince ??= at
        if (!waits) return { missing, known, removedAt: undefined }
        if (at - heldSince < waitMilliseconds) {
          const removedAt = new Date(heldSince + waitMilliseconds).toISOString()
          return { missing, known, removedAt }
        }
      }
      // What was confirmed, or has waited, does not make the next removal wait.
      if (isLarge) removals = []
      else if (missing > 0) removals.push({ at, count: missing })
      heldSince = undefined
      return undefined
    },
  }
}

/** What an operator reads: how many, what happens when, and how to confirm it. */
export function formatHeldRemovals({ missing, known, removedAt }: HeldRemovals): string {
  const until = removedAt === undefined ? '' : ` until ${removedAt} and are then removed`
  return (
    `${missing} of ${known} files are missing from the content folder. They stay published${until}. ` +
    `\`npx dateline publish --confirm-removals\` removes them now.`
  )
}
