import { describe, expect, it } from 'vitest'
import { createTypesetter, typeset } from './typeset.ts'

/** A space that does not break is written ~. */
const set = (locale: 'en' | 'uk', text: string) => typeset(locale, text).replaceAll('\u00a0', '~')

describe('typesetting', () => {
  it.each([
    ['"Not a bank", it said', '“Not a~bank”, it said'],
    ['He said "the \'quiet\' one" twice', 'He said “the ‘quiet’ one” twice'],
    ["Exchange's users don't know", 'Exchange’s users don’t know'],
    ["The '90s and traders' fees", 'The ’90s and traders’ fees'],
    ['("quoted")', '(“quoted”)'],
    ['Price - and cost', 'Price~— and cost'],
    ['Price — and cost', 'Price~— and cost'],
    ['$1.5 billion and 40 BTC', '$1.5~billion and 40~BTC'],
    ['On 22 November, J. R. Smith', 'On 22~November, J.~R.~Smith'],
    ['A 27" screen, 6\' tall', 'A~27" screen, 6\' tall'],
    ['See https://a.example/?q="x" now', 'See https://a.example/?q="x" now'],
    ['Already “set” — so', 'Already “set”~— so'],
    ['BTC-USD 5 - 3 = 2', 'BTC-USD 5 - 3 = 2'],
    ['B U Y N O W', 'B U Y N O W'],
  ])('sets English: %s', (text, shown) => {
    expect(set('en', text)).toBe(shown)
  })

  it.each([
    ['Біржа "Куна" в Києві', 'Біржа «Куна» в~Києві'],
    ['«Уже» набрано', '«Уже» набрано'],
    ['Книга "Про "гроші" світу"', 'Книга «Про~„гроші“ світу»'],
    ["Об'єкт і пам'ять", 'Об’єкт і~пам’ять'],
    ['5 млн грн у 2026 році', '5~млн грн у~2026~році'],
    ['Ринок - це ми', 'Ринок~— це ми'],
    ['Т. Г. Шевченко й О. Коваль', 'Т.~Г.~Шевченко й~О.~Коваль'],
    ['І в нас', 'І~в~нас'],
  ])('sets Ukrainian: %s', (text, shown) => {
    expect(set('uk', text)).toBe(shown)
  })

  it('closes a quotation that began in an earlier run', () => {
    const setter = createTypesetter('en')
    expect(['"', 'loud', '" it said'].map(setter).join('')).toBe('“loud” it said')
  })

  it('changes nothing that it has set', () => {
    const once = typeset('uk', 'Біржа "Куна" - це "ми" у 5 млн')
    expect(typeset('uk', once)).toBe(once)
  })
})
