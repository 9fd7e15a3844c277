import { describe, expect, it } from 'vitest'
import { parseInstant } from './parse-instant.ts'

describe('parseInstant', () => {
  it.each([
    ['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:00.123456+02:00', '2026-03-01T07:30:00.123Z'],
    ['2026-03-01 09:30 -0500', '2026-03-01T14:30:00.000Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
    ['Mon, 02 Mar 2026 09:30:00 +0200', '2026-03-02T07:30:00.000Z'],
    ['2 Mar 2026 09:30:00 GMT', '2026-03-02T09:30:00.000Z'],
    ['2 Mar 2026 09:30 EST', '2026-03-02T14:30:00.000Z'],
  ])('reads %s', (text, at) => {
    expect(parseInstant(text)).toEqual({ at, isZoned: true })
  })

  it.each(['2026-03-01', '2026-03-01T00:00', '2026-03-01 00:00:00'])('takes UTC for %s', (text) => {
    expect(parseInstant(text)).toEqual({ at: '2026-03-01T00:00:00.000Z', isZoned: false })
  })

  it.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-03-01T25:00Z',
    '2026-03-01T24:00Z',
    '2026-03-01T10:60Z',
    '2026-03-01T10:00+15:00',
    '1989-12-31T23:59:59Z',
    '2201-01-01T00:00:00Z',
    'Mon, 30 Feb 2026 09:30:00 GMT',
    'Mon, 02 Mar 2026 09:30:00',
    '2 Anf 2026 09:30 GMT',
    '1733148000',
    '2026-3-1',
    'tomorrow',
    '',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })
})
