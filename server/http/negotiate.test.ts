import { describe, expect, it } from 'vitest'
import { isNotModified, negotiateEncoding, toEtagHeader } from './negotiate.ts'

describe('negotiateEncoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['br;q=0.000, gzip;q=0', 'identity'],
    ['GZIP', 'gzip'],
    ['deflate', 'identity'],
  ] as const)('answers %s with %s', (accepted, encoding) => {
    expect(negotiateEncoding(accepted)).toBe(encoding)
  })
})

describe('isNotModified', () => {
  const validators = { etag: 'abc', lastModifiedAt: '2026-11-22T10:00:00.900Z' }

  it('knows its own etag in any encoding, weak, and among others', () => {
    for (const held of [toEtagHeader('abc', 'gzip'), '"abc"', 'W/"abc.br"', '"x", "abc"', '*']) {
      expect(isNotModified({ 'if-none-match': held }, validators)).toBe(true)
    }
    expect(isNotModified({ 'if-none-match': '"abcd"' }, validators)).toBe(false)
  })

  it('lets the etag decide over the date', () => {
    const headers = {
      'if-none-match': '"old"',
      'if-modified-since': 'Sun, 22 Nov 2026 11:00:00 GMT',
    }
    expect(isNotModified(headers, validators)).toBe(false)
  })

  it('compares dates by the second, as HTTP tells them', () => {
    const since = (date: string) => isNotModified({ 'if-modified-since': date }, validators)
    expect(since('Sun, 22 Nov 2026 10:00:00 GMT')).toBe(true)
    expect(since('Sun, 22 Nov 2026 09:59:59 GMT')).toBe(false)
    expect(since('yesterday')).toBe(false)
  })
})
