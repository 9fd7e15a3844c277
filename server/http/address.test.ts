import { describe, expect, it } from 'vitest'
import { parseTarget } from './address.ts'

const read = (target: string) => {
  const parsed = parseTarget(target)
  if (parsed.kind === 'address') return parsed.address
  return parsed.kind === 'moved' ? `moved ${parsed.location}` : 'refused'
}

describe('parseTarget', () => {
  it.each([
    ['/', [], ''],
    ['/latest', ['latest'], ''],
    ['/uk/tag/layer-2?x=%2e%2e', ['uk', 'tag', 'layer-2'], '?x=%2e%2e'],
    ['/tag/%D1%94%D1%82%D1%96', ['tag', 'єті'], ''],
    ['/article/a.md', ['article', 'a.md'], ''],
    ["/article/it's", ['article', "it's"], ''],
    ['/article/a..b', ['article', 'a..b'], ''],
    ['/preview/en/a?', ['preview', 'en', 'a'], '?'],
  ])('takes %s as it is', (target, segments, search) => {
    expect(read(target)).toEqual({ path: target.split('?')[0], segments, search })
  })

  it.each([
    ['//latest', '/latest'],
    ['//evil.example/latest', '/evil.example/latest'],
    ['/latest/', '/latest'],
    ['/latest//?a=1', '/latest?a=1'],
    ['/%6Catest', '/latest'],
    ['/tag/%d1%94', '/tag/%D1%94'],
    ['/article/cafe%CC%81', '/article/caf%C3%A9'],
    ['/tag/a,b', '/tag/a%2Cb'],
    ['/a%2eb', '/a.b'],
    ['http://dateline.example//latest', '/latest'],
  ])('leads %s to %s', (target, location) => {
    expect(read(target)).toBe(`moved ${location}`)
  })

  it.each([
    '/_next/../uk/latest',
    '/_next/%2e%2e/uk/latest',
    '/_next/.%2E/uk/latest',
    '/./latest',
    '/latest/..',
    '/..',
    '/a%2fb',
    '/a%2Fb',
    '/a\\b',
    '/a%5cb',
    '/a%00b',
    '/a%0d%0aset-cookie:x',
    '/%',
    '/%zz',
    '/%ff',
    '/\u00ff',
    '/latest?\u00ff',
    '/%c0%ae%c0%ae/latest',
    '/a\tb',
    '/a#b',
    'latest',
    '*',
    '',
    'ftp://dateline.example/latest',
    'dateline.example:443',
    'http://',
    'http:///latest',
    'http://?/latest',
    'https://#latest',
  ])('refuses %j', (target) => {
    expect(read(target)).toBe('refused')
  })

  it('reads the absolute form like the origin form', () => {
    expect(read('http://dateline.example/latest?a=1')).toEqual(read('/latest?a=1'))
    expect(read('HTTPS://anybody:1')).toEqual(read('/'))
    expect(read('http://dateline.example?a=1')).toEqual(read('/?a=1'))
  })

  it('gives what it leads to back as it is', () => {
    const parts = [
      '/',
      '//',
      '.',
      '..',
      '%2e',
      '%2F',
      '%',
      '%41',
      'a',
      'є',
      '\u00ff',
      '?',
      "'",
      ';',
    ]
    for (let number = 0; number < 4000; number += 1) {
      let [rest, target] = [number * 2654435761, '/']
      for (let length = 0; length < 6; length += 1) {
        target += parts[rest % parts.length]
        rest = Math.floor(rest / parts.length)
      }
      const first = parseTarget(target)
      if (first.kind === 'refused') continue
      const location =
        first.kind === 'moved' ? first.location : first.address.path + first.address.search
      expect(parseTarget(location), target).toMatchObject({ kind: 'address' })
      expect(location).toMatch(/^\/(?!\/)[\x21-\x7e]*$/)
    }
  })
})
