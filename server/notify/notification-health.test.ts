import { expect, it } from 'vitest'
import { toNotificationHealth } from './notifier.ts'

const hub = {
  name: 'The WebSub hub',
  pending: 0,
  failingSince: undefined,
  lastSuccessAt: '2026-11-22T12:00:00.000Z',
}

it('says which target fails, since when, and what waits', () => {
  expect(toNotificationHealth([])).toEqual({ state: 'off', targets: [] })
  expect(toNotificationHealth([hub])).toEqual({ state: 'ok', targets: [hub] })
  const failing = {
    ...hub,
    name: 'IndexNow',
    pending: 3,
    failingSince: '2026-11-22T11:00:00.000Z',
  }
  expect(toNotificationHealth([hub, failing])).toEqual({
    state: 'failing',
    reason: 'IndexNow cannot be notified since 2026-11-22T11:00:00.000Z, 3 addresses wait',
    targets: [hub, failing],
  })
})
