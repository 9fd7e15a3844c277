import * as z from 'zod/mini'
import type { HighlightedText, SearchResults } from '#lib/article-index/article-index.ts'
import { defaultLocale, type Locale, locales } from '#lib/site/locales.ts'
import { apiSearchPath } from '#lib/site/routes.ts'
import { type SearchQuestion, toSearchQuery } from '#lib/site/search-question.ts'

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
export function apiAddress(question: SearchQuestion): string {
  // Without a language the API means the default one.
  const query = toSearchQuery(defaultLocale, question)
  return `${apiSearchPath}${query}${query ? '&' : '?'}limit=${findingsPerPage}`
}

const coverage = z.enum(['all', 'newest'])
const runs = z.array(z.object({ text: z.string(), isMatch: z.boolean() }))
const facet = z.object({
  values: z.array(z.object({ segment: z.string(), name: z.string(), articleCount: z.number() })),
  coverage,
})

/** What is read of an answer of the API; `lib/api` describes it whole. */
const answer = z.object({
  hits: z.array(
    z.object({
      article: z.object({
        slug: z.string(),
        lang: z.enum(locales),
        category: z.object({ name: z.string() }),
        publishedAt: z.string(),
      }),
      title: runs,
      excerpt: runs,
    }),
  ),
  page: z.number(),
  pageCount: z.number(),
  hitCount: z.number(),
  coverage,
  facets: z.object({ category: facet, source: facet, sentiment: facet }),
  languages: z.array(z.object({ lang: z.enum(locales), articleCount: z.number(), coverage })),
  suggestion: z.optional(z.string()),
})

/** Throws when it is no answer of the API's search. */
export function parseFindings(json: unknown): Findings {
  const { hits, languages, suggestion, ...counted } = answer.parse(json)
  return {
    ...counted,
    suggestion,
    languages: languages.map(({ lang, ...one }) => ({ locale: lang, ...one })),
    articles: hits.map(({ article: { lang, category, ...article }, ...marked }) => ({
      ...article,
      ...marked,
      locale: lang,
      category: category.name,
    })),
  }
}
