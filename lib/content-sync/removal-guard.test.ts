import { describe, expect, it } from 'vitest'
import { createRemovalGuard, formatHeldRemovals } from './removal-guard.ts'

function open() {
  const clock = { now: Date.parse('2026-11-30T10:00:00.000Z') }
  const guard = createRemovalGuard(() => clock.now)
  return { clock, ...guard }
}

describe('a removal', () => {
  it.each([
    [19, 19],
    [20, 100],
    [200, 1000],
    [0, 0],
  ])('of %d of %d files does not wait', (missing, known) => {
    expect(open().judge(missing, known)).toBeUndefined()
  })

  it.each([
    [20, 20],
    [21, 100],
    [1000, 1000],
  ])('of %d of %d files waits for a minute', (missing, known) => {
    const { judge, clock } = open()
    const held = { missing, known, removedAt: '2026-11-30T10:01:00.000Z' }
    expect(judge(missing, known)).toEqual(held)
    clock.now += 59_999
    expect(judge(missing, known)).toEqual(held)
    clock.now += 1
    expect(judge(missing, known)).toBeUndefined()
  })

  it('does not wait when it is confirmed', () => {
    expect(open().judge(1000, 1000, true)).toBeUndefined()
  })

  it('waits from the start when the files were back in between', () => {
    const { judge, clock } = open()
    judge(50, 100)
    clock.now += 50_000
    expect(judge(0, 100)).toBeUndefined()
    expect(judge(50, 100)?.removedAt).toBe('2026-11-30T10:01:50.000Z')
  })

  it('is counted with those of the minute before, so that none is cut into small ones', () => {
    const { judge, clock } = open()
    expect(judge(15, 100)).toBeUndefined()
    clock.now += 30_000
    expect(judge(15, 85)).toMatchObject({ missing: 15, known: 85 })
    // Editors who remove files one after another do not wait.
    const slowly = open()
    for (let left = 100; left > 0; left -= 15) {
      expect(slowly.judge(15, left)).toBeUndefined()
      slowly.clock.now += 60_000
    }
  })

  it('does not make the next one wait when it was confirmed', () => {
    const { judge } = open()
    judge(100, 1000, true)
    expect(judge(300, 1000, true)).toBeUndefined()
    expect(judge(1, 700)).toBeUndefined()
  })
})

it('says how many are missing, until when, and what to do', () => {
  const held = { missing: 412, known: 1000, removedAt: '2026-11-30T10:01:00.000Z' }
  expect(formatHeldRemovals(held)).toBe(
    '412 of 1000 files are missing from the content folder. They stay published until ' +
      '2026-11-30T10:01:00.000Z and are then removed. ' +
      '`npx dateline publish --confirm-removals` removes them now.',
  )
})
