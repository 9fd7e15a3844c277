import { expect, it } from 'vitest'
import { dayIn } from './day-in.ts'

it.each([
  ['UTC', '2026-10-31T23:59:59.999Z', '2026-10-31'],
  ['Europe/Kyiv', '2026-10-31T22:30:00.000Z', '2026-11-01'],
  ['America/New_York', '2026-11-01T03:30:00.000Z', '2026-10-31'],
  ['Asia/Kathmandu', '2026-12-31T18:15:00.000Z', '2027-01-01'],
])('in %s the day at %s is %s', (zone, instant, day) => {
  expect(dayIn(zone, Date.parse(instant))).toBe(day)
})
