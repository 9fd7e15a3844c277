import { expect, it } from 'vitest'
import { toMilliseconds } from './measure-proxy.ts'

it.each([
  ['812.00us', 0.812],
  ['1.25ms', 1.25],
  ['2.00s', 2000],
])('reads %s of wrk as %d ms', (text, milliseconds) => {
  expect(toMilliseconds(text)).toBe(milliseconds)
})

it('refuses a time that wrk does not write', () => {
  expect(() => toMilliseconds('1.5 minutes')).toThrow(/wrk says 1.5 minutes/)
})
