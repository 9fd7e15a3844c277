import { describe, expect, it } from 'vitest'
import { articleIdentity, isSlug } from './article-identity.ts'

describe('articleIdentity', () => {
  it('takes the base name for the slug and a language folder for the hint', () => {
    expect(articleIdentity('articles/uk/2026/03/vault.md')).toEqual({
      slug: 'vault',
      hintedLocale: 'uk',
    })
  })

  it('prefers the language at the end of the file name to the folder', () => {
    expect(articleIdentity('en/vault.uk.md')).toEqual({ slug: 'vault', hintedLocale: 'uk' })
  })

  it('leaves other endings in the slug', () => {
    expect(articleIdentity('vault-2.0.md')).toEqual({ slug: 'vault-2.0', hintedLocale: undefined })
  })

  it('writes one letter in one way', () => {
    expect(articleIdentity(`${'Йод'.normalize('NFD')}.md`).slug).toBe('Йод')
  })
})

describe('isSlug', () => {
  it('takes letters of any script', () => {
    expect(isSlug('біткоїн-зростає')).toBe(true)
  })

  it.each(['', '.env', 'a b', 'a/b', 'a\\b', 'a?b', 'a#b', 'a%b', 'a\u0000b', 'a\u200bb'])(
    'refuses %j',
    (slug) => {
      expect(isSlug(slug)).toBe(false)
    },
  )
})
