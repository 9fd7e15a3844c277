import { setImmediate } from 'node:timers/promises'

/** Longest time between two turns of the event loop that is planned for, in ms. */
const longestSlice = 8

/** A function to be called often, which now and then gives the event loop a turn. */
export function createPauses(): () => Promise<void> {
  let sliceStart = performance.now()
  return async () => {
    if (performance.now() - sliceStart < longestSlice) return
    await setImmediate()
    sliceStart = performance.now()
  }
}
