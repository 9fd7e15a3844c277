import { z } from 'zod'
import {
  type ArticleIndex,
  type SearchHit,
  withAuthorNames,
} from '#lib/article-index/article-index.ts'
import type { Article } from '#lib/content/article.ts'
import { toSpan } from '#lib/site/addresses/search-params.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { apiSearchPath, openApiPath } from '#lib/site/routes.ts'
import { apiArticle, toApiArticle } from './api-article.ts'
import {
  articleParameters,
  filterParameterNames,
  formatCursor,
  listParameters,
  parseFilter,
  parseParameters,
  searchParameters,
} from './request-parameters.ts'
import { ProblemError } from './send-answer.ts'

/** The part of the index that the API asks. */
export type AskedIndex = Pick<
  ArticleIndex,
  'listBylines' | 'findArticle' | 'findAbsence' | 'listMatches' | 'search'
>

export type ApiSite = { index: AskedIndex; siteUrl: string }

/** An address of the API, with nothing left to be decided about it. */
export const apiPaths = {
  articles: '/api/articles',
  search: apiSearchPath,
  openApi: openApiPath,
} as const

const apiArticlePath = (slug: string) => `${apiPaths.articles}/${encodeURIComponent(slug)}`

export const articleList = z
  .object({
    articles: z.array(apiArticle).describe('Newest first.'),
    nextCursor: z
      .string()
      .optional()
      .describe('Goes on from here. Absent at the end; an answer may be short and still have one.'),
    next: z.url().optional().describe('The address of what comes next.'),
  })
  .describe('Articles, newest first.')

/** Articles by filter. */
export function listArticles(given: URLSearchParams, { index, siteUrl }: ApiSite) {
  const parameters = parseParameters(listParameters, given, filterParameterNames)
  const query = {
    locale: parameters.lang,
    scope: { kind: 'latest' as const },
    filter: parseFilter(given),
    limit: parameters.limit,
    after: parameters.cursor,
  }
  const matches = index.listMatches(query)
  const found = parameters.include ? addBodies(matches, query.locale, index) : matches
  const nextCursor = found.next && formatCursor(found.next)
  const further = new URLSearchParams(given)
  if (nextCursor) further.set('cursor', nextCursor)
  return {
    articles: found.articles.map((article) =>
      toApiArticle(withAuthorNames(index, article), siteUrl),
    ),
    nextCursor,
    next: nextCursor && `${siteUrl}${apiPaths.articles}?${further}`,
  } satisfies z.infer<typeof articleList>
}

/** An answer with texts ends with the article that takes it over so many characters. */
export const mostBodyCharacters = 1_000_000

/** The articles of a listing with their texts, as far as one answer may hold them. */
function addBodies(
  { articles, next }: ReturnType<AskedIndex['listMatches']>,
  locale: Locale,
  index: AskedIndex,
) {
  const full: Article[] = []
  let characters = 0
  for (const [at, { slug }] of articles.entries()) {
    if (characters > mostBodyCharacters) return { articles: full, next: articles[at - 1] }
    const article = index.findArticle(locale, slug)
    if (!article) continue
    characters += article.body.length
    full.push(article)
  }
  return { articles: full, next }
}

/** One article. Throws a `ProblemError`: 404, 410 when it was withdrawn, 308 when it was renamed. */
export function findArticle(slug: string, given: URLSearchParams, { index, siteUrl }: ApiSite) {
  const { lang, include } = parseParameters(articleParameters, given)
  const article = index.findArticle(lang, slug)
  if (!article) throw describeAbsence(lang, slug, given, index)
  const { body, ...summary } = article
  return toApiArticle(withAuthorNames(index, include ? article : summary), siteUrl)
}

function describeAbsence(
  lang: Locale,
  slug: string,
  given: URLSearchParams,
  index: AskedIndex,
): ProblemError {
  const absence = index.findAbsence(lang, slug)
  if (absence.kind === 'withdrawn') return new ProblemError(410, 'This article was withdrawn.')
  if (absence.kind === 'unknown') {
    return new ProblemError(404, 'No published article has this slug in this language.')
  }
  const query = given.size > 0 ? `?${given}` : ''
  const location = apiArticlePath(absence.slug) + query
  return new ProblemError(308, 'This article was renamed.', { location })
}

const excerpt = z
  .array(z.object({ text: z.string(), isMatch: z.boolean() }))
  .describe('A run of text; what matched is marked.')

const coverage = z
  .enum(['all', 'newest'])
  .describe('`newest`: there are more than that; the newest thousand or so were counted.')

const facet = z.object({
  values: z
    .array(z.object({ segment: z.string(), name: z.string(), articleCount: z.int() }))
    .describe('The most first; `segment` is what the parameter takes.'),
  coverage,
})

export const searchAnswer = z
  .object({
    hits: z.array(z.object({ article: apiArticle, title: excerpt, excerpt })),
    page: z.int(),
    pageCount: z.int(),
    hitCount: z.int().describe('How many articles can be paged through.'),
    coverage,
    facets: z
      .object({ category: facet, source: facet, sentiment: facet })
      .describe('How many are found of each, under all conditions but the one of its own kind.'),
    languages: z
      .array(z.object({ lang: z.enum(locales), articleCount: z.int(), coverage }))
      .describe('What the same question finds in each language.'),
    suggestion: z
      .string()
      .optional()
      .describe('The question with unknown words put right, where nothing has all of them.'),
    correctedTo: z
      .string()
      .optional()
      .describe(
        'The question that was answered instead, because nothing has all words of yours and articles have all of these. `exact` prevents it.',
      ),
  })
  .describe('What a search found, the best first.')

/** A full-text search. Throws a `ProblemError`: 400, 503 when too many search at once. */
export async function searchArticles(given: URLSearchParams, { index, siteUrl }: ApiSite) {
  const parameters = parseParameters(searchParameters, given, filterParameterNames)
  const { q, lang, page, limit, sort, exact, ...days } = parameters
  const found = await index.search({
    locale: lang,
    text: q,
    isExact: exact !== undefined,
    filter: parseFilter(given),
    ...toSpan({ from: days.from, to: days.to }),
    order: sort,
    page,
    pageSize: limit,
  })
  const { coverage } = found
  if (coverage === 'none') {
    throw new ProblemError(503, 'The search is busy. Please try again.', { 'retry-after': '2' })
  }
  const toHit = ({ article, ...highlighted }: SearchHit) => ({
    article: toApiArticle(withAuthorNames(index, article), siteUrl),
    ...highlighted,
  })
  return {
    hits: found.hits.map(toHit),
    page: found.page,
    pageCount: found.pageCount,
    hitCount: found.hitCount,
    coverage,
    facets: found.facets,
    languages: found.languages.map(({ locale, ...counted }) => ({ lang: locale, ...counted })),
    suggestion: found.suggestion,
    correctedTo: found.correctedTo,
  } satisfies z.infer<typeof searchAnswer>
}
