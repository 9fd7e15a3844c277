import { describe, expect, it } from 'vitest'
import { cleanLine } from './clean-line.ts'

describe('cleanLine', () => {
  it.each([
    ['  a \n  b  ', 'a b'],
    ['a\u0007b\ud800c', 'abc'],
    ['safe\u202Egpj.exe', 'safegpj.exe'],
    ['one\u2028two', 'one two'],
    ['open \u2066isolate', 'open isolate'],
  ])('cleans %j', (text, clean) => {
    expect(cleanLine(text)).toBe(clean)
  })

  it.each(['“Quotes”: it’s 5\u00a0%', 'سوق \u2067BTC\u2069 🚀', '👩‍💻', 'на\u00a0Заході'])(
    'keeps %s',
    (text) => {
      expect(cleanLine(text)).toBe(text)
    },
  )
})
