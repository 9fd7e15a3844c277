import { expect, it } from 'vitest'
import {
  editDistance,
  listSpellingVariants,
  prefixEditDistance,
  swapKeyboardLayout,
} from './suggest-spelling.ts'

it.each([
  ['etherium', 'ethereum', 1],
  ['exchnage', 'exchange', 1],
  ['bitcion', 'bitcoin', 1],
  ['coinbasse', 'coinbase', 1],
  ['vault', 'vaults', 1],
  ['regualtoin', 'regulation', 2],
  ['same', 'same', 0],
  ['', 'abc', 3],
])('counts the slips between %s and %s', (a, b, slips) => {
  expect([editDistance(a, b), editDistance(b, a)]).toEqual([slips, slips])
})

it('lists every spelling that is one slip away, and no other', () => {
  const spellings = listSpellingVariants('вікно')
  expect(spellings).toEqual(expect.arrayContaining(['вікн', 'вінко', 'вакно', 'віконо', 'ввікно']))
  expect(spellings.filter((spelling) => editDistance('вікно', spelling) !== 1)).toEqual([])
  expect(listSpellingVariants('12345')).toEqual([])
})

it('compares a stem with the beginning of a word', () => {
  expect(prefixEditDistance('regul', 'reguletion')).toBe(0)
  expect(prefixEditDistance('regul', 'raguletion')).toBe(1)
})

it('reads what was typed in the other keyboard layout', () => {
  expect(swapKeyboardLayout('ишесщшт')).toBe('bitcoin')
  expect(swapKeyboardLayout(',snrjby')).toBe('біткоин')
  expect(swapKeyboardLayout('bitcoin2')).toBeUndefined()
})
