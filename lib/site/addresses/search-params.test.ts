import { expect, it } from 'vitest'
import { site } from '../site.ts'
import {
  countChoices,
  parseSearchParams,
  toAskable,
  toSearchParamsIn,
  toSearchQueryString,
  toSpan,
} from './search-params.ts'

const read = (query: string) => parseSearchParams('en', new URLSearchParams(query))

it('reads back every question that an address was made of', () => {
  const query =
    '?q=vault+%26+%22key%22&lang=uk&category=layer-2&tag=dao&source=wire_1&sentiment=negative&from=2026-03-01&to=2026-03-31&sort=newest&page=3'
  expect(toSearchQueryString('en', read(query))).toBe(query)
  expect(toSearchQueryString('en', read(''))).toBe('')
  expect(toSearchQueryString('en', read('q=vualt&exact=1&page=2'))).toBe('?q=vualt&exact=1&page=2')
  expect(toSearchQueryString('en', read('q=vualt&exact=yes'))).toBe('?q=vualt')
})

it('passes over what cannot be used', () => {
  const query =
    'q=vault&lang=fr&category=%21%21&sentiment=happy&from=2026-02-30&to=yesterday&sort=best&page=-1&x=1'
  expect(toSearchQueryString('en', read(query))).toBe('?q=vault')
  expect(read('page=1e9').page).toBe(1)
  expect(read('from=9999-01-01').from).toBeUndefined()
})

it('asks for everything where nothing is asked', () => {
  expect(toSearchQueryString('en', toAskable(read('sort=newest&page=2')))).toBe(
    '?from=1970-01-01&sort=newest&page=2',
  )
  expect(toAskable(read('tag=dao'))).toEqual(read('tag=dao'))
})

it('cuts what nobody types', () => {
  expect(read(`q=${'x'.repeat(5000)}`).text).toHaveLength(200)
})

it('takes days from their first instant to their last', () => {
  expect(toSpan({ from: '2026-03-01', to: '2026-03-01' })).toEqual({
    from: '2026-03-01T00:00:00.000Z',
    before: '2026-03-02T00:00:00.000Z',
  })
  expect(toSpan({ from: undefined, to: undefined })).toEqual({ from: undefined, before: undefined })
})

it('takes days of the publication’s time zone, whatever their length', () => {
  const { timeZone } = site()
  try {
    Object.assign(site(), { timeZone: 'Europe/Kyiv' })
    expect(toSpan({ from: '2026-03-28', to: '2026-03-29' })).toEqual({
      from: '2026-03-27T22:00:00.000Z',
      before: '2026-03-29T21:00:00.000Z',
    })
  } finally {
    Object.assign(site(), { timeZone })
  }
})

it('takes a question to another language, with the articles in the language of the page', () => {
  const inUkrainian = (query: string) =>
    toSearchQueryString('uk', toSearchParamsIn('uk', 'en', read(query)))
  expect(inUkrainian('q=vault&tag=dao&page=3')).toBe('?q=vault&tag=dao')
  expect(inUkrainian('q=vault&lang=uk')).toBe('?q=vault')
  expect(toSearchQueryString('en', toSearchParamsIn('en', 'en', read('q=vault&page=3')))).toBe(
    '?q=vault&page=3',
  )
})

it('counts the choices that are not the usual ones', () => {
  expect(countChoices('en', read('q=vault&lang=en&sort=relevance&page=2'))).toBe(0)
  expect(countChoices('en', read('category=defi&tag=dao&from=2026-03-01'))).toBe(3)
  expect(countChoices('en', read('lang=uk&sort=newest'))).toBe(2)
})
