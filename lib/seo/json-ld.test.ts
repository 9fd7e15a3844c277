import { describe, expect, it } from 'vitest'
import { toJsonLdScript } from './json-ld.ts'

describe('toJsonLdScript', () => {
  it.each([
    'a </script><script>alert(1)</script>',
    '<!-- <script>',
    'a ]]> & &amp; b',
    'line\u2028and paragraph\u2029end',
    'ביטקוין \u202e🚀 "quoted" \\ back',
  ])('means the same and cannot leave its element: %s', (headline) => {
    const script = toJsonLdScript({ headline })
    expect(JSON.parse(script)).toEqual({ headline })
    expect(script).not.toMatch(/[<>&\u2028\u2029]/)
  })

  it('mends lone surrogates, which no document can hold', () => {
    expect(JSON.parse(toJsonLdScript({ a: ['x\ud800'] }))).toEqual({ a: ['x\ufffd'] })
  })
})
