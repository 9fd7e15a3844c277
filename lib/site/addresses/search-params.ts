import { isLocale, type Locale } from '../locales.ts'
import { toBounds } from '../mood.ts'
import { type ArticleFilter, filterNames, readFilter } from './article-filter.ts'

/** A longer search text is cut: nobody types it and everybody can send it. In UTF-16 units. */
export const longestSearchText = 200

/** No search has more pages: it ends after some thousand matches. */
const mostPages = 1000

/**
 * The query string of the search page, parsed: words, conditions, order, page. Days are those of
 * the publication's time zone (`2026-03-01`), both inclusive. `lang` is the language of the articles,
 * which need not be the page's.
 */
export type SearchParams = {
  text: string
  lang: Locale
  filter: ArticleFilter
  from: string | undefined
  to: string | undefined
  order: SearchOrder
  /** Words that nothing has are searched for as they are, and not put right. */
  isExact: boolean
  page: number
}

export const searchOrders = ['relevance', 'newest'] as const
type SearchOrder = (typeof searchOrders)[number]

/**
 * Parses the query string of a search. What cannot be used is left out: a reader is better served by
 * an answer to the rest. `locale` is the page's language.
 */
export function parseSearchParams(locale: Locale, given: URLSearchParams): SearchParams {
  const lang = given.get('lang')
  const page = Number(given.get('page') ?? 1)
  return {
    text: (given.get('q') ?? '').trim().slice(0, longestSearchText).trimEnd(),
    lang: isLocale(lang) ? lang : locale,
    filter: readUsableFilter(given),
    from: readDay(given.get('from')),
    to: readDay(given.get('to')),
    order: given.get('sort') === 'newest' ? 'newest' : 'relevance',
    isExact: given.get('exact') === '1',
    page: Number.isInteger(page) && page >= 1 && page <= mostPages ? page : 1,
  }
}

/** The query string of a search, with its question mark and in a fixed order; empty without any parameter. */
export function toSearchQueryString(locale: Locale, question: Partial<SearchParams>): string {
  const { text, lang = locale, filter = {}, from, to, order, isExact, page = 1 } = question
  const named: [string, string | undefined][] = [
    ['q', text],
    ['lang', lang === locale ? undefined : lang],
    ['category', filter.category],
    ['tag', filter.tag],
    ['source', filter.source],
    ['sentiment', filter.sentiment],
    ['kind', filter.kind],
    ['from', from],
    ['to', to],
    ['sort', order === 'newest' ? order : undefined],
    ['exact', isExact ? '1' : undefined],
    ['page', page > 1 ? String(page) : undefined],
  ]
  const given = named.filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}

/** How many conditions a question has beside its words; the language is none. */
export const countConditions = ({ filter, from, to }: SearchParams): number =>
  [...Object.values(filter), from, to].filter((condition) => condition !== undefined).length

/** How many choices in the form are not the usual ones of the page's language. */
export const countChoices = (locale: Locale, question: SearchParams): number =>
  countConditions(question) + Number(question.lang !== locale) + Number(question.order === 'newest')

/**
 * The same question on the page of another language, from its first page on. Who asked for articles
 * in the language of the page goes on to those in the language of the other.
 */
export const toSearchParamsIn = (
  other: Locale,
  locale: Locale,
  question: SearchParams,
): SearchParams =>
  other === locale
    ? question
    : { ...question, lang: question.lang === locale ? other : question.lang, page: 1 }

/** Whether there is anything to look for. */
export const hasSearchTerms = (question: SearchParams): boolean =>
  question.text !== '' || countConditions(question) > 0

/**
 * What to ask where nothing is asked, so that there are choices to begin with: everything, by a
 * condition that every article meets.
 */
export const toAskable = (question: SearchParams): SearchParams =>
  hasSearchTerms(question) ? question : { ...question, from: '1970-01-01' }

/** The instants that the days of a question begin and end with: inclusive, exclusive. */
export function toSpan({ from, to }: Pick<SearchParams, 'from' | 'to'>): {
  from: string | undefined
  before: string | undefined
} {
  return {
    from: from && new Date(toBounds({ kind: 'day', date: from }, 0).from).toISOString(),
    before: to && new Date(toBounds({ kind: 'day', date: to }, 0).before).toISOString(),
  }
}

/** A day that there is, or undefined. */
export function readDay(value: string | null): string | undefined {
  if (!value || !/^(?:19|20)\d{2}-\d{2}-\d{2}$/.test(value)) return undefined
  const time = Date.parse(value)
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
  return isDay ? value : undefined
}

function readUsableFilter(given: URLSearchParams): ArticleFilter {
  const filter: ArticleFilter = {}
  for (const name of filterNames) {
    const value = given.get(name)?.slice(0, longestSearchText)
    if (!value) continue
    const read = readFilter(new URLSearchParams({ [name]: value }))
    if (read.kind === 'filter') Object.assign(filter, read.filter)
  }
  return filter
}
