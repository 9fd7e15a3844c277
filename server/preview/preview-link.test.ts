import { describe, expect, it } from 'vitest'
import { parseTarget } from '../http/address.ts'
import {
  isValidClaim,
  type PreviewLink,
  parsePreviewAddress,
  toPreviewPath,
} from './preview-link.ts'

const link: PreviewLink = {
  locale: 'uk',
  slug: 'біткоїн&co',
  file: 'articles/uk/2026/біткоїн&co.md',
  expires: 1_800_000_000,
}
const secret = 'a secret of the desk'
const before = new Date(1_800_000_000_000 - 1)

function parse(address: string) {
  const parsed = parseTarget(address)
  return parsed.kind === 'address' ? parsePreviewAddress(parsed.address) : undefined
}

/** Whether an address opens what it names, at a time. */
function opens(address: string, now = before, by = secret): boolean {
  const claim = parse(address)
  return claim !== undefined && isValidClaim(claim, by, now)
}

describe('a preview link', () => {
  it('opens what it was made for, until it expires', () => {
    const address = toPreviewPath(link, secret)
    expect(parse(address)?.link).toEqual(link)
    expect(opens(address)).toBe(true)
    expect(opens(address, new Date(1_800_000_000_000))).toBe(false)
  })

  it('opens nothing under another secret', () => {
    expect(opens(toPreviewPath(link, secret), before, 'a secret of the desk!')).toBe(false)
  })

  it.each<[string, string, RegExp, string]>([
    ['locale', '', /uk/, 'en'],
    ['slug', '', /%26co\?/, '%26c?'],
    ['file', '', /articles%2Fuk/, 'articles%2Fen'],
    ['expiry', '', /expires=1800000000/, 'expires=1800000001'],
    ['expiry', ' written otherwise', /expires=1800000000/, 'expires=18e8'],
    ['signature', ': none', /signature=.*$/, 'signature='],
    ['signature', ': of another length', /$/, '='],
  ])('opens nothing with another %s%s', (_part, _how, from, to) => {
    const address = toPreviewPath(link, secret)
    const changed = address.replace(from, to)
    expect(changed).not.toBe(address)
    expect(opens(changed)).toBe(false)
  })

  it('opens nothing when any character of the signature is another', () => {
    const address = toPreviewPath(link, secret)
    for (let at = address.indexOf('signature=') + 10; at < address.length; at += 1) {
      const other = address[at] === 'A' ? 'B' : 'A'
      expect(opens(address.slice(0, at) + other + address.slice(at + 1))).toBe(false)
    }
  })

  it.each([
    '/preview',
    '/preview/en',
    '/preview/fr/a?file=a.md&expires=1800000000&signature=x',
    '/preview/en/a/b?file=a.md&expires=1800000000&signature=x',
    '/preview/en/%E0%A4%A?file=a.md&expires=1800000000&signature=x',
    '/preview/en/a?expires=1800000000&signature=x',
    '/article/a?file=a.md&expires=1800000000&signature=x',
  ])('is not %s', (address) => {
    expect(parse(address)).toBeUndefined()
  })
})
