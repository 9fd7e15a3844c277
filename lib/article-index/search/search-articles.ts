import type { DatabaseSync } from 'node:sqlite'
import { type Locale, locales } from '#lib/site/locales.ts'
import type { SearchQuery, SearchResults } from '../article-index.ts'
import type { Scopes } from '../queries/scopes.ts'
import { latest } from '../store/placements.ts'
import { toArticle } from '../store/rows.ts'
import { firstIdAt } from '../store/schema.ts'
import { type Expression, prepareCompletion } from './complete-words.ts'
import { readFacets } from './count-facets.ts'
import type { Highlighter } from './highlighter.ts'
import {
  type Bounds,
  endOfIds,
  facetNames,
  type Match,
  type PreparedQuery,
  prepareMatching,
} from './match-articles.ts'
import { parseQueryWords } from './query-words.ts'
import { prepareSuggestions } from './suggest-spelling.ts'

/** A new article ranks as one that matches half as well again but is very old. */
const recencyBonus = 0.5
const recencyHalfLife = 180 * 86_400_000

/** The id of no listing: nothing stands in one that has never held anything. */
const noScope = 0

export type Search = (query: SearchQuery) => SearchResults

/** Finding, counting, ordering and marking, on a connection. */
export function readSearch(
  db: DatabaseSync,
  { clock, scopes, highlight }: { clock: { now: number }; scopes: Scopes; highlight: Highlighter },
): Search {
  const tables = new Map(locales.map((locale) => [locale, prepareMatching(db, locale)]))
  const { expand, listTerms } = prepareCompletion(db)
  const facets = readFacets(db)
  const findArticle = db.prepare('SELECT summary, body FROM visible_texts WHERE id = ?')
  const findArticles = (ids: number[]) =>
    ids
      .map((id) => findArticle.get(id))
      .filter((row) => row !== undefined)
      .map(toArticle)
  const suggest = prepareSuggestions({ tables, expand, listTerms, highlight, findArticles })

  /** The listings of a language that a filter names, by their ids. */
  function findScopes(locale: Locale, { filter = {} }: SearchQuery): Match['scopes'] {
    const named = facetNames.flatMap((kind) => {
      const segment = filter[kind]
      if (segment === undefined) return []
      return [[kind, scopes.findScope(locale, { kind, segment })?.id ?? noScope]]
    })
    return Object.fromEntries(named)
  }

  function toBounds(locale: Locale, { filter, from, before }: SearchQuery): Bounds {
    const tag = filter?.tag
    const scope = tag === undefined ? undefined : { kind: 'tag' as const, segment: tag }
    return {
      scopeIds: scope ? [scopes.findScope(locale, scope)?.id ?? noScope] : [],
      lowest: from === undefined ? 0 : firstIdAt(Date.parse(from)),
      highest: before === undefined ? endOfIds : firstIdAt(Date.parse(before)) - 1,
    }
  }

  /** Without words there is something to find only where the query says what to choose from. */
  function ask(locale: Locale, query: SearchQuery, words: Expression[], isStrict: boolean) {
    const table = tables.get(locale)
    if (!table) return undefined
    const bounds = toBounds(locale, query)
    if (words.length === 0) {
      const everything = isNarrowed(query) && scopes.findScope(locale, latest)
      return everything ? table.prepareScope(everything.id, bounds) : undefined
    }
    const all = table.prepareAllWords(words, bounds)
    if (all.newest.matches.length > 0 || words.length < 2 || isStrict) return all
    return table.prepareAnyWord(words, bounds) ?? all
  }

  /** Ids of visible matches, the best first. */
  function rank(matches: Match[]): number[] {
    return matches
      .map(({ id, publishedAt, score }) => {
        const age = Math.max(0, clock.now - publishedAt)
        return { id, score: score * (1 + recencyBonus * 2 ** (-age / recencyHalfLife)) }
      })
      .sort((a, b) => b.score - a.score || b.id - a.id)
      .map(({ id }) => id)
  }

  function find(locale: Locale, query: SearchQuery, prepared: PreparedQuery) {
    const table = tables.get(locale)
    const chosen = findScopes(locale, query)
    const found = table?.narrow(prepared, chosen) ?? prepared.newest
    const ids =
      query.order === 'newest'
        ? found.matches.map(({ id }) => id)
        : rank(table?.weigh(prepared, chosen, found) ?? found.matches)
    return { ids, coverage: coverageOf(found) }
  }

  function countIn(locale: Locale, query: SearchQuery) {
    const words = expand(locale, parseQueryWords(query.text))
    const prepared = ask(locale, query, words, true)
    const found = prepared && tables.get(locale)?.narrow(prepared, findScopes(locale, query))
    return found
      ? { locale, articleCount: found.matches.length, coverage: coverageOf(found) }
      : { locale, articleCount: 0, coverage: 'all' as const }
  }

  function prepare(query: SearchQuery) {
    const words = expand(query.locale, parseQueryWords(query.text))
    const prepared = ask(query.locale, query, words, false)
    const hasAllWords = prepared?.isOfAllWords && prepared.newest.matches.length > 0
    return { words, prepared, isUnknown: words.length > 0 && !hasAllWords }
  }

  function answer(query: SearchQuery, { words, prepared }: ReturnType<typeof prepare>) {
    const { locale, page, pageSize } = query
    const { ids, coverage } = prepared
      ? find(locale, query, prepared)
      : { ids: [], coverage: 'all' as const }
    const table = tables.get(locale)
    const narrowTo = (chosen: Match['scopes']) =>
      (prepared && table?.narrow(prepared, chosen)) ?? { matches: [], isCapped: false }
    const isPage = Number.isInteger(page) && page >= 1
    const articles = findArticles(isPage ? ids.slice((page - 1) * pageSize, page * pageSize) : [])
    const anyWord = words.map(({ matches }) => matches).join(' OR ')
    const marked = articles.length > 0 ? highlight(articles, anyWord) : []
    const hits = articles.flatMap(({ body: _, ...article }, i) => {
      const highlighted = marked[i]
      return highlighted ? [{ article, ...highlighted }] : []
    })
    return {
      hits,
      page,
      pageCount: Math.ceil(ids.length / pageSize),
      hitCount: ids.length,
      coverage,
      facets: facets.count(findScopes(locale, query), narrowTo),
      languages: locales.map((one) =>
        one === locale ? { locale, articleCount: ids.length, coverage } : countIn(one, query),
      ),
    }
  }

  return function search(query) {
    const typed = prepare(query)
    const suggestion = typed.isUnknown ? suggest(query.locale, query.text) : undefined
    if (suggestion !== undefined && !query.isExact) {
      const corrected = { ...query, text: suggestion }
      const better = prepare(corrected)
      if (!better.isUnknown) {
        return {
          ...answer(corrected, better),
          suggestion: undefined,
          correctedTo: suggestion,
        }
      }
    }
    return { ...answer(query, typed), suggestion, correctedTo: undefined }
  }
}

const coverageOf = ({ isCapped }: { isCapped: boolean }) =>
  isCapped ? ('newest' as const) : ('all' as const)

const isNarrowed = ({ filter = {}, from, before }: SearchQuery) =>
  [...Object.values(filter), from, before].some((condition) => condition !== undefined)
