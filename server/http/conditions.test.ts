import { describe, expect, it } from 'vitest'
import { evaluateConditions, parseHttpDate, toEtagHeader } from './conditions.ts'

describe('evaluateConditions', () => {
  const validators = { etag: '"abc.br"', lastModifiedAt: '2026-11-22T10:00:00.000Z' }
  const statusOf = (headers: Parameters<typeof evaluateConditions>[0]) =>
    evaluateConditions(headers, validators)

  it.each(['"abc.br"', 'W/"abc.br"', '"x", "abc.br"', '"x",W/"abc.br"', '*', '"abc.br-gzip"'])(
    'answers 304 to who holds %s',
    (held) => {
      expect(statusOf({ 'if-none-match': held })).toBe(304)
    },
  )

  it.each(['"abc"', '"abc.gzip"', '"abcd"', 'abc.br', '""', '"abc.br', '"x abc.br"', ''])(
    'sends the document to who holds %s',
    (held) => {
      expect(statusOf({ 'if-none-match': held })).toBe(200)
    },
  )

  it('lets the etag decide over the date', () => {
    const since = 'Sun, 22 Nov 2026 11:00:00 GMT'
    expect(statusOf({ 'if-none-match': '"old"', 'if-modified-since': since })).toBe(200)
    expect(
      statusOf({ 'if-match': '"abc.br"', 'if-unmodified-since': 'Sun, 22 Nov 2026 09:00:00 GMT' }),
    ).toBe(200)
  })

  it('compares dates by the second', () => {
    const since = (date: string) => statusOf({ 'if-modified-since': date })
    expect(since('Sun, 22 Nov 2026 10:00:00 GMT')).toBe(304)
    expect(since('Sun, 22 Nov 2026 09:59:59 GMT')).toBe(200)
  })

  it.each([
    'yesterday',
    '2026-11-22T10:00:00Z',
    '2027',
    'Sun, 22 Nov 2027 10:00:00',
    '9999999999999',
  ])('passes over %s, which is no date of HTTP', (date) => {
    expect(statusOf({ 'if-modified-since': date })).toBe(200)
    expect(statusOf({ 'if-unmodified-since': date })).toBe(200)
  })

  it('answers 412 to who wants another state', () => {
    expect(statusOf({ 'if-match': '"old", "older"' })).toBe(412)
    expect(statusOf({ 'if-match': 'W/"abc.br"' })).toBe(412)
    expect(statusOf({ 'if-match': '*' })).toBe(200)
    expect(statusOf({ 'if-unmodified-since': 'Sun, 22 Nov 2026 09:59:59 GMT' })).toBe(412)
    expect(statusOf({ 'if-unmodified-since': 'Sun, 22 Nov 2026 10:00:00 GMT' })).toBe(200)
  })
})

describe('parseHttpDate', () => {
  it('reads the three forms that HTTP has had', () => {
    const time = Date.UTC(1994, 10, 6, 8, 49, 37)
    for (const text of [
      'Sun, 06 Nov 1994 08:49:37 GMT',
      'Sunday, 06-Nov-94 08:49:37 GMT',
      'Sun Nov  6 08:49:37 1994',
    ]) {
      expect(parseHttpDate(text), text).toBe(time)
    }
  })

  it.each([
    'Sun, 31 Feb 2026 10:00:00 GMT',
    'Sun, 22 Foo 2026 10:00:00 GMT',
    'Sun, 22 Nov 2026 25:00:00 GMT',
    undefined,
    '',
  ])('refuses %s', (text) => {
    expect(parseHttpDate(text)).toBeUndefined()
  })
})

it('gives every encoding an etag of its own', () => {
  expect(toEtagHeader('abc', 'identity')).toBe('"abc"')
  expect(toEtagHeader('abc', 'gzip')).toBe('"abc.gzip"')
})
