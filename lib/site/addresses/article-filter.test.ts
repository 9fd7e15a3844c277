import { describe, expect, it } from 'vitest'
import { readFilter, toFilterQuery } from './article-filter.ts'

const read = (query: string) => readFilter(new URLSearchParams(query))
const canonicalOf = (query: string) => {
  const result = read(query)
  return result.kind === 'filter' ? toFilterQuery(result.filter) : result.sentence
}

describe('a filter in an address', () => {
  it.each([
    ['sentiment=positive', '?sentiment=positive'],
    [
      'sentiment=NEGATIVE&tag=hack&category=security',
      '?category=security&tag=hack&sentiment=negative',
    ],
    ['tag=Layer+2', '?tag=layer-2'],
    ['tag=%D0%91%D1%96%D1%80%D0%B6%D0%B0', '?tag=%D0%B1%D1%96%D1%80%D0%B6%D0%B0'],
    ['source=Wire_1', '?source=Wire_1'],
    ['utm_source=x&page=2', ''],
    ['tag=&category=+&sentiment=', ''],
    ['tag=&tag=hack', '?tag=hack'],
    ['', ''],
  ])('has one spelling: %s', (query, canonical) => {
    expect(canonicalOf(query)).toBe(canonical)
  })

  it.each([
    ['tag=a&tag=b', /tag .*once/],
    ['sentiment=happy', /positive, neutral, negative/],
    ['category=!!!', /category .*no letter/],
  ])('is refused in a sentence: %s', (query, sentence) => {
    expect(canonicalOf(query)).toMatch(sentence)
  })
})
