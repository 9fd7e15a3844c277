import { describe, expect, it } from 'vitest'
import { parseFindings } from './findings.ts'

const facet = { values: [{ segment: 'defi', name: 'DEFI', articleCount: 1 }], coverage: 'newest' }

/** What the API answers, as far as the page reads it. */
const answer = {
  hits: [
    {
      article: { slug: 'vault', lang: 'uk', category: { name: 'DEFI' }, publishedAt: '2026-03-01' },
      title: [{ text: 'Vault', isMatch: true }],
      excerpt: [{ text: 'opens', isMatch: false }],
    },
  ],
  page: 1,
  pageCount: 2,
  hitCount: 21,
  coverage: 'all',
  facets: { category: facet, source: facet, sentiment: facet },
  languages: [{ lang: 'en', articleCount: 3, coverage: 'all' }],
  suggestion: 'vaults',
  correctedTo: 'vault',
}

type Damage = { path: string; json: unknown }

/** The same, once for each value in it, with that value being something else. */
function damageEach(value: unknown, path = ''): Damage[] {
  const whole = { path, json: typeof value === 'object' ? 'no object' : { is: 'an object' } }
  if (typeof value !== 'object' || value === null) return [whole]
  const parts = Object.entries(value).flatMap(([name, part]) =>
    damageEach(part, `${path}.${name}`).map((damaged) => ({
      path: damaged.path,
      json: Array.isArray(value)
        ? value.with(Number(name), damaged.json)
        : { ...value, [name]: damaged.json },
    })),
  )
  return [whole, ...parts]
}

describe('parseFindings', () => {
  it('takes what the page shows from an answer of the API', () => {
    expect(parseFindings(answer)).toEqual({
      articles: [
        {
          ...{ locale: 'uk', slug: 'vault', category: 'DEFI', publishedAt: '2026-03-01' },
          title: [{ text: 'Vault', isMatch: true }],
          excerpt: [{ text: 'opens', isMatch: false }],
        },
      ],
      ...{ page: 1, pageCount: 2, hitCount: 21, coverage: 'all', suggestion: 'vaults' },
      correctedTo: 'vault',
      facets: answer.facets,
      languages: [{ locale: 'en', articleCount: 3, coverage: 'all' }],
    })
    const { suggestion: _, correctedTo: __, ...plain } = answer
    expect(parseFindings(plain)).toMatchObject({ suggestion: undefined, correctedTo: undefined })
  })

  it.each(damageEach(answer))('throws when $path is something else', ({ json }) => {
    expect(() => parseFindings(json)).toThrow(TypeError)
  })

  it.each([
    ['an unknown language', { languages: [{ lang: 'xx', articleCount: 1, coverage: 'all' }] }],
    ['an unknown coverage', { coverage: 'none' }],
    ['a number that is none', { hitCount: Number.NaN }],
    ['a list that is an object', { hits: {} }],
    ['a value that is missing', { page: undefined }],
  ])('throws on %s', (_, change) => {
    expect(() => parseFindings({ ...answer, ...change })).toThrow(TypeError)
  })
})
