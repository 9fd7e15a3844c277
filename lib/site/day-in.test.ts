import { expect, it } from 'vitest'
import { dayIn, dayNumberIn, startOfDayIn } from './day-in.ts'

// Beirut's clocks leave out the first hour of that day, Samoa had no 30 December 2011.
it.each([
  ['UTC', '2026-11-30', '2026-11-30T00:00:00.000Z'],
  ['Europe/Kyiv', '2026-03-29', '2026-03-28T22:00:00.000Z'],
  ['Europe/Kyiv', '2026-03-30', '2026-03-29T21:00:00.000Z'],
  ['Asia/Kathmandu', '2026-11-30', '2026-11-29T18:15:00.000Z'],
  ['America/St_Johns', '2026-11-30', '2026-11-30T03:30:00.000Z'],
  ['Pacific/Kiritimati', '2026-11-30', '2026-11-29T10:00:00.000Z'],
  ['Pacific/Pago_Pago', '2026-11-30', '2026-11-30T11:00:00.000Z'],
  ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z'],
  ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
])('a day of %s begins at an instant: %s', (timeZone, date, startsAt) => {
  const start = startOfDayIn(timeZone, Date.parse(date) / 86_400_000)
  expect(new Date(start).toISOString()).toBe(startsAt)
  expect(dayIn(timeZone, start)).toBe(date)
  expect(dayIn(timeZone, start - 1) < date).toBe(true)
  expect(dayNumberIn(timeZone, start)).toBe(Date.parse(date) / 86_400_000)
})
