import { toSegment } from '../segment.ts'

/**
 * The conditions by which feeds and the API choose articles, in the order that addresses have. An
 * article has to meet all that are given. `category` and `tag` are segments (`toSegment`), `source` is
 * a source's key, `sentiment` one of `sentimentSegments`, `kind` one of `articleKinds`.
 */
export const filterNames = ['category', 'tag', 'source', 'sentiment', 'kind'] as const
export type FilterName = (typeof filterNames)[number]
export type ArticleFilter = Partial<Record<FilterName, string>>

/** The sentiments as addresses name them, in the order in which they are drawn: good to bad. */
export const sentimentSegments = ['positive', 'neutral', 'negative'] as const
export type SentimentSegment = (typeof sentimentSegments)[number]

/** What an article can be; one that does not say is news. `live`: a story that goes on. */
export const articleKinds = ['news', 'analysis', 'explainer', 'opinion', 'live'] as const
export type ArticleKind = (typeof articleKinds)[number]

/** The values of the filters that have only these. */
export const filterChoices: Partial<Record<FilterName, readonly string[]>> = {
  sentiment: sentimentSegments,
  kind: articleKinds,
}

/** The filter, or a sentence that says what is wrong with it. */
export type ReadFilter =
  | { kind: 'filter'; filter: ArticleFilter }
  | { kind: 'problem'; sentence: string }

/**
 * Reads a filter from an address. Checks only the shape: the index knows whether a category exists.
 * Values may be written as people do (`Layer 2`), an empty one counts as none, and other parameters are
 * ignored.
 */
export function readFilter(parameters: URLSearchParams): ReadFilter {
  const filter: ArticleFilter = {}
  for (const name of filterNames) {
    const [value, ...further] = parameters.getAll(name).filter((given) => given.trim() !== '')
    if (further.length > 0) {
      return { kind: 'problem', sentence: `The parameter ${name} can be given once only.` }
    }
    if (value === undefined) continue
    const segment = toFilterSegment(name, value)
    if (segment === '') {
      return { kind: 'problem', sentence: `The parameter ${name} has no letter or digit in it.` }
    }
    const choices = filterChoices[name]
    if (choices && !choices.includes(segment)) {
      const sentence = `The parameter ${name} is one of ${choices.join(', ')}.`
      return { kind: 'problem', sentence }
    }
    filter[name] = segment
  }
  return { kind: 'filter', filter }
}

/** The query of an address, in the one order there is: `?tag=hack&sentiment=negative`, or nothing. */
export function toFilterQuery(filter: ArticleFilter): string {
  const parameters = new URLSearchParams()
  for (const name of filterNames) {
    const value = filter[name]
    if (value !== undefined) parameters.set(name, value)
  }
  return parameters.size > 0 ? `?${parameters}` : ''
}

export const isFiltering = (filter: ArticleFilter): boolean =>
  filterNames.some((name) => filter[name] !== undefined)

export function isSentimentSegment(value: unknown): value is SentimentSegment {
  return sentimentSegments.some((segment) => segment === value)
}

/** A source's key is as the source is filed; it may hold what is no part of a segment. */
function toFilterSegment(name: FilterName, value: string): string {
  return name === 'source' ? value.trim() : toSegment(value)
}
