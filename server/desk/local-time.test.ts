import { expect, it } from 'vitest'
import { toInstant, toLocal } from './local-time.ts'

it.each([
  ['2026-11-30T09:30', 'UTC', '2026-11-30T09:30:00.000Z'],
  ['2026-11-30T09:30', 'Europe/Kyiv', '2026-11-30T07:30:00.000Z'],
  ['2026-07-01T00:15', 'Europe/Kyiv', '2026-06-30T21:15:00.000Z'],
  ['2026-11-30T09:30', 'America/New_York', '2026-11-30T14:30:00.000Z'],
  ['2026-11-30T09:30', 'Asia/Kathmandu', '2026-11-30T03:45:00.000Z'],
  // The clock jumps an hour ahead at 03:00 on 29 March 2026, and back on 25 October.
  ['2026-03-29T04:30', 'Europe/Kyiv', '2026-03-29T01:30:00.000Z'],
  ['2026-10-25T05:00', 'Europe/Kyiv', '2026-10-25T03:00:00.000Z'],
])('%s in %s is %s, and back', (local, timeZone, instant) => {
  expect(toInstant(local, timeZone)).toBe(instant)
  expect(toLocal(instant, timeZone)).toBe(local)
})

it.each(['', 'soon', '2026-11-30', '2026-13-40T09:30', '2026-11-30T09:30Z', '2026-11-30 09:30'])(
  'takes %j for no time',
  (text) => expect(toInstant(text, 'UTC')).toBeUndefined(),
)
