import type {
  Coverage,
  HighlightedText,
  SearchFacet,
  SearchResults,
} from '#lib/article-index/article-index.ts'
import { type SearchParams, toSearchQueryString } from '#lib/site/addresses/search-params.ts'
import { defaultLocale, type Locale, locales } from '#lib/site/locales.ts'
import { apiSearchPath } from '#lib/site/routes.ts'

/** How many articles a page of results shows. */
export const findingsPerPage = 20

/** What a search found, as its page shows it. Made on the server, and of the API's answers. */
export type Findings = Omit<SearchResults, 'hits'> & { articles: FoundArticle[] }

export type FoundArticle = {
  locale: Locale
  slug: string
  title: HighlightedText
  excerpt: HighlightedText
  category: string
  publishedAt: string
}

export function toFindings({ hits, ...counted }: SearchResults): Findings {
  const articles = hits.map(({ article, title, excerpt }) => {
    const { locale, slug, category, publishedAt } = article
    return { locale, slug, title, excerpt, category, publishedAt }
  })
  return { ...counted, articles }
}

/** The API's address of a question. */
export function apiAddress(question: SearchParams): string {
  // Without a language the API means the default one.
  const query = toSearchQueryString(defaultLocale, question)
  return `${apiSearchPath}${query}${query ? '&' : '?'}limit=${findingsPerPage}`
}

/**
 * What is read of an answer of the API, which `server/endpoints/api` describes whole. Written by hand, as strict as
 * a schema: the validator would be three quarters of the page's script. Throws when it is no answer
 * of the API's search.
 */
export function parseFindings(json: unknown): Findings {
  const answer = parseRecord(json)
  const facets = parseRecord(answer.facets)
  return {
    articles: parseList(answer.hits, parseHit),
    page: parseNumber(answer.page),
    pageCount: parseNumber(answer.pageCount),
    hitCount: parseNumber(answer.hitCount),
    coverage: parseOneOf(coverages, answer.coverage),
    facets: {
      category: parseFacet(facets.category),
      source: parseFacet(facets.source),
      sentiment: parseFacet(facets.sentiment),
    },
    languages: parseList(answer.languages, (given) => {
      const { lang, articleCount, coverage } = parseRecord(given)
      return {
        locale: parseOneOf(locales, lang),
        articleCount: parseNumber(articleCount),
        coverage: parseOneOf(coverages, coverage),
      }
    }),
    suggestion: answer.suggestion === undefined ? undefined : parseText(answer.suggestion),
    correctedTo: answer.correctedTo === undefined ? undefined : parseText(answer.correctedTo),
  }
}

const coverages = ['all', 'newest'] as const satisfies readonly Coverage[]

function parseHit(given: unknown): FoundArticle {
  const { article, title, excerpt } = parseRecord(given)
  const { slug, lang, category, publishedAt } = parseRecord(article)
  return {
    locale: parseOneOf(locales, lang),
    slug: parseText(slug),
    title: parseRuns(title),
    excerpt: parseRuns(excerpt),
    category: parseText(parseRecord(category).name),
    publishedAt: parseText(publishedAt),
  }
}

function parseFacet(given: unknown): SearchFacet {
  const { values, coverage } = parseRecord(given)
  return {
    values: parseList(values, (value) => {
      const { segment, name, articleCount } = parseRecord(value)
      return {
        segment: parseText(segment),
        name: parseText(name),
        articleCount: parseNumber(articleCount),
      }
    }),
    coverage: parseOneOf(coverages, coverage),
  }
}

const parseRuns = (given: unknown): HighlightedText =>
  parseList(given, (run) => {
    const { text, isMatch } = parseRecord(run)
    if (typeof isMatch !== 'boolean') throw notAnAnswer('a yes or no', isMatch)
    return { text: parseText(text), isMatch }
  })

function parseRecord(given: unknown): Record<string, unknown> {
  if (isRecord(given)) return given
  throw notAnAnswer('an object', given)
}

const isRecord = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)

function parseList<Value>(given: unknown, parse: (value: unknown) => Value): Value[] {
  if (Array.isArray(given)) return given.map((value) => parse(value))
  throw notAnAnswer('a list', given)
}

function parseText(given: unknown): string {
  if (typeof given === 'string') return given
  throw notAnAnswer('a text', given)
}

function parseNumber(given: unknown): number {
  if (typeof given === 'number' && Number.isFinite(given)) return given
  throw notAnAnswer('a number', given)
}

function parseOneOf<Value extends string>(known: readonly Value[], given: unknown): Value {
  const found = known.find((value) => value === given)
  if (found !== undefined) return found
  throw notAnAnswer(known.join(' or '), given)
}

const notAnAnswer = (expected: string, found: unknown) =>
  new TypeError(`expected ${expected}, found ${JSON.stringify(found)}`)
