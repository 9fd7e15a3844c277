import { readFileSync } from 'node:fs'

/**
 * Processor time in ms that a process has used so far, or its first thread alone: fields 14 and 15 of
 * Linux's `/proc/<pid>/stat` (proc(5)), which count ticks of 10 ms. Undefined where the system does not say.
 */
export function readProcessorTime(pid: number, of: 'process' | 'first thread'): number | undefined {
  const path = of === 'process' ? `/proc/${pid}/stat` : `/proc/${pid}/task/${pid}/stat`
  try {
    const stat = readFileSync(path, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}

/** How many times the limit a process that gets little processor time may be silent. */
const mostPatience = 8

/**
 * Returns a check that is called now and then with the instant, of `performance.now()`, since when a process
 * has not answered. True when it has been silent for longer than `limit`, in ms, and that is not because the
 * machine gives it too little processor time. `silent` is for how long, where the clock does not say it.
 */
export function createStuckCheck(readUsed: () => number | undefined) {
  /** Processor time when this silence was first looked at, and when it was last looked at. */
  let silence: { since: number; usedFirst?: number | undefined; usedLast?: number | undefined } = {
    since: Number.POSITIVE_INFINITY,
  }
  return ({
    since,
    limit,
    silent = performance.now() - since,
  }: {
    since: number
    limit: number
    silent?: number
  }): boolean => {
    const used = readUsed()
    if (silence.since !== since) silence = { since, usedFirst: used }
    const { usedFirst, usedLast } = silence
    silence.usedLast = used
    if (silent <= limit) return false
    if (used === undefined || usedFirst === undefined || used === usedLast) return true
    return used - usedFirst >= limit / 2 || silent >= limit * mostPatience
  }
}
