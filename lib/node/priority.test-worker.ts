import { readdirSync, readlinkSync } from 'node:fs'
import { getPriority } from 'node:os'

/** Called in a thread of a pool: its own niceness, and the highest of the other threads' of the process. */
export function readNiceness(): number[] {
  const own = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
  const others = readdirSync('/proc/self/task').map(Number)
  return [getPriority(own), Math.max(...others.filter((id) => id !== own).map(readOne))]
}

/** A thread that has ended meanwhile has none. */
function readOne(id: number): number {
  try {
    return getPriority(id)
  } catch {
    return Number.NEGATIVE_INFINITY
  }
}
