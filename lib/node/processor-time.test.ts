import { expect, it } from 'vitest'
import { createStuckCheck } from './processor-time.ts'

/** The second at which a process is found stuck that uses so much of every second; 60 when it never is. */
function findStuckAfter(usedPerSecond: number | undefined): number {
  let seconds = 0
  const isStuck = createStuckCheck(() => usedPerSecond && seconds * usedPerSecond)
  for (seconds = 1; seconds < 60; seconds += 1) {
    if (isStuck({ since: 0, limit: 5000, silent: seconds * 1000 })) break
  }
  return seconds
}

it.each([
  ['stands still', 0, 6],
  ['is of a system that does not say', undefined, 6],
  ['computes without end', 1000, 6],
  ['gets half a second of every one', 500, 6],
  ['gets little of a busy machine', 100, 26],
  ['gets next to nothing', 20, 40],
])('a process that %s is stuck after some seconds', (_what, used, seconds) => {
  expect(findStuckAfter(used)).toBe(seconds)
})

it('is patient again with a process that has answered', () => {
  let used = 0
  const isStuck = createStuckCheck(() => used)
  for (let at = 0; at < 10; at += 1) {
    used += 2000
    expect(isStuck({ since: at, limit: 5000, silent: 4000 })).toBe(false)
  }
})
