import { expect, it } from 'vitest'
import { readDate } from './map-fields.ts'

it.each([
  ['2020-01-02', '2020-01-02T00:00:00.000Z'],
  [' 2020/1/2 ', '2020-01-02T00:00:00.000Z'],
  ['2 Jan 2020', '2020-01-02T00:00:00.000Z'],
  ['January 2nd, 2020 3:04 pm EST', '2020-01-02T20:04:00.000Z'],
  ['2 січня 2020', '2020-01-02T00:00:00.000Z'],
  ['2020-01-02 08:00:00 +0200', '2020-01-02T06:00:00.000Z'],
  ['2031-01-02', '2031-01-02T00:00:00.000Z'],
])('reads %s as ingest does', (written, at) => {
  expect(readDate(written)).toBe(at)
})

it.each(['03/04/2026', 'soon', '2020-02-30', ''])('does not guess what %s means', (written) => {
  expect(readDate(written)).toBeUndefined()
})
