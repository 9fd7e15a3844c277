import { readdirSync, readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/**
 * How much work yields to other work where processors are short, in steps of nice(2): 0 is the process
 * that answers readers. Of what somebody waits for, what is small goes first.
 */
export const niceness = { rendering: 5, compiling: 10, following: 10, compilingLarge: 15 }

/**
 * Lets others go before all threads of this process, and those it starts later. It lasts, because undoing
 * it needs rights that the process may lack.
 */
export function lowerPriority(by: number): void {
  for (const thread of listThreads()) lower(thread, by)
}

/** Lets others go before the calling thread (Linux). */
export function lowerThreadPriority(by: number): void {
  try {
    // `<pid>/task/<id of the thread>`
    lower(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), by)
  } catch {
    // Elsewhere threads have the priority of their process.
  }
}

/** Linux has a priority for each thread, whose ids take the place of a process's. */
function listThreads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number)
  } catch {
    return [process.pid]
  }
}

function lower(id: number, by: number): void {
  try {
    setPriority(id, by)
  } catch {
    // The thread has ended, or the system does not allow it: it keeps its priority.
  }
}
