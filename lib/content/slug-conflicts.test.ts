import { describe, expect, it } from 'vitest'
import { type Claim, findConflicts, type PlacedEntry, type RefusedClaim } from './slug-conflicts.ts'

function claim(path: string, slug: string, more: Partial<Claim> = {}): Claim {
  return { path, slug, locale: 'en', aliases: [], draft: false, ...more }
}

function conflicts(...claims: (Claim | RefusedClaim)[]): string[] {
  return findConflicts(claims).map(({ severity, file, found }) => `${severity} ${file}: ${found}`)
}

describe('findConflicts', () => {
  it('finds nothing where slugs differ in name or language', () => {
    expect(
      conflicts(claim('a.md', 'a'), claim('b.md', 'b'), claim('uk/a.md', 'a', { locale: 'uk' })),
    ).toEqual([])
  })

  it('reports the second file of a slug and names the first', () => {
    expect(conflicts(claim('z/a.md', 'a'), claim('b/a.md', 'a'))).toEqual([
      'error z/a.md: "a", the slug of b/a.md, which is served instead',
    ])
  })

  it('reports the draft of two files with one slug, wherever it lies: it is the one not served', () => {
    const published = claim('z/a.md', 'a')
    const draft = claim('b/a.md', 'a', { draft: true })
    const expected = ['error b/a.md: "a", the slug of z/a.md, which is served instead']
    expect(conflicts(published, draft)).toEqual(expected)
    expect(conflicts(draft, published)).toEqual(expected)
    expect(conflicts(draft, claim('c/a.md', 'a', { draft: true }))).toEqual([
      'error c/a.md: "a", the slug of b/a.md, which is served instead',
    ])
  })

  it('warns of an alias that is an article or claimed before', () => {
    const claims = [
      claim('a.md', 'a', { aliases: ['old', 'b'] }),
      claim('b.md', 'b', { aliases: ['old'], aliasesLine: 7 }),
    ]
    expect(conflicts(...claims)).toEqual([
      'warning a.md: "b", the address of b.md',
      'warning b.md: "old", the address of a.md',
    ])
    expect(findConflicts(claims)[1]?.line).toBe(7)
  })

  it('warns of an alias that is the address of a broken file, or of an article as Markdown', () => {
    expect(
      conflicts(
        claim('a.md', 'a', { aliases: ['broken', 'b.md', 'broken.md', 'free.md'] }),
        claim('b.md', 'b'),
        { path: 'uk/broken.md', slug: 'broken', locale: undefined },
      ),
    ).toEqual([
      'warning a.md: "broken", the address of uk/broken.md',
      'warning a.md: "b.md", the address of b.md',
      'warning a.md: "broken.md", the address of uk/broken.md',
    ])
  })
})

describe('a redirect from an address that something has', () => {
  const redirect = (from: string): PlacedEntry => ({
    kind: 'redirect',
    locale: undefined,
    key: from,
    path: 'redirects.txt',
    value: { from, to: '/x', status: 301, line: 1 },
  })
  const expectedOf = (from: string, ...claims: Claim[]) =>
    findConflicts(claims, [redirect(from)]).map(({ expected }) => expected)

  it('is never followed, or until a draft is published', () => {
    expect(expectedOf('/article/a', claim('a.md', 'a'))).toEqual([
      'an address that nothing has: a.md answers there, and this line is never followed',
    ])
    expect(expectedOf('/article/a', claim('a.md', 'a', { draft: true }))).toEqual([
      'an address that nothing has: a.md is a draft, and this line is followed until it is published',
    ])
    expect(expectedOf('/article/b', claim('a.md', 'a', { draft: true }))).toEqual([])
  })
})
