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
    ["'$1,000' was paid", '‘$1,000’ was paid'],
    ["'50 cents', '(a)' and '“x”'", '‘50 cents’, ‘(a)’ and ‘“x”’'],
    ["Rock 'n' roll in the '90s, '68 and 'tis", 'Rock ’n’ roll in the ’90s, ’68 and ’tis'],
    ["'The '90s' and it's O'Neil", '‘The ’90s’ and it’s O’Neil'],
    ['"He is 5\'10" tall"', '“He is 5\'10" tall”'],
    ['50°27\'10" N, 6\' 2" high', '50°27\'10" N, 6\' 2" high'],
    ['"\'nested\'" and "he said \'no\'"', '“‘nested’” and “he said ‘no’”'],
    ['"$60K" and "(maybe)"', '“$60K” and “(maybe)”'],
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
    ['Ціна "100 тис. дол." і \'слово\'. Він: "Ні".', 'Ціна «100~тис. дол.» і~‘слово’. Він: «Ні».'],
    ["Здоров'я, дев'ять, П'ятий", 'Здоров’я, дев’ять, П’ятий'],
    ['комісія = газ - чайові', 'комісія = газ - чайові'],
    ['"Об\'єднання "Дар\'я""', '«Об’єднання „Дар’я“»'],
  ])('sets Ukrainian: %s', (text, shown) => {
    expect(set('uk', text)).toBe(shown)
  })

  it.each([
    'fee = gas - tip',
    'supply - burned = circulating',
    'y = x - z + w',
    'the value of x - y',
    'npm run lint -- --fix',
    'use --fix or -v or --name="x y"',
    'set key="value" and key=\'value\'',
    'open 10 am - 5 pm',
    'raised $5 M - $6 M',
    'ask ann@a.example or "x"@b.example',
    'in /usr/bin/x-y or C:\\a-b',
    '0xabc-def and bc1q-x',
  ])('changes nothing but spaces in what a machine reads, a formula or a range: %s', (text) => {
    expect(set('en', text).replaceAll('~', ' ')).toBe(text)
  })

  it('leaves code alone and lets it change nothing around it', () => {
    const setter = createTypesetter('en')
    expect(setter('He said "use ') + setter('"x - y', 'literal') + setter('" now" - and')).toBe(
      'He said “use "x - y” now”\u00a0— and',
    )
  })

  it('closes a quotation that began in an earlier run', () => {
    const setter = createTypesetter('en')
    expect(['"', 'loud', '" it said'].map((text) => setter(text)).join('')).toBe('“loud” it said')
  })

  it('changes nothing that it has set', () => {
    const once = typeset('uk', 'Біржа "Куна" - це "ми" у 5 млн')
    expect(typeset('uk', once)).toBe(once)
  })
})

it('leaves addresses of people alone, and takes no longer for a word without an end', () => {
  expect(typeset('en', "Write to a'b--c@d.example")).toBe("Write to a'b--c@d.example")
  const measure = (text: string) => {
    const before = process.threadCpuUsage()
    typeset('en', text)
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1000
  }
  // Work that grows with the square of these takes minutes.
  for (const part of ['a', '@', 'a@', '.a', '-'])
    expect(measure(part.repeat(200_000))).toBeLessThan(2000)
})
