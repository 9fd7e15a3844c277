import { expect, it } from 'vitest'
import { countSlips, countSlipsOfStem, listNearSpellings, swapLayout } from './near-words.ts'

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
  expect([countSlips(a, b), countSlips(b, a)]).toEqual([slips, slips])
})

it('lists every spelling that is one slip away, and no other', () => {
  const spellings = listNearSpellings('вікно')
  expect(spellings).toEqual(expect.arrayContaining(['вікн', 'вінко', 'вакно', 'віконо', 'ввікно']))
  expect(spellings.filter((spelling) => countSlips('вікно', spelling) !== 1)).toEqual([])
  expect(listNearSpellings('12345')).toEqual([])
})

it('compares a stem with the beginning of a word', () => {
  expect(countSlipsOfStem('regul', 'reguletion')).toBe(0)
  expect(countSlipsOfStem('regul', 'raguletion')).toBe(1)
})

it('reads what was typed in the other keyboard layout', () => {
  expect(swapLayout('ишесщшт')).toBe('bitcoin')
  expect(swapLayout(',snrjby')).toBe('біткоин')
  expect(swapLayout('bitcoin2')).toBeUndefined()
})
