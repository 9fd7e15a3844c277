import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '#lib/node/sqlite.ts'
import { dayIn } from '#lib/site/day-in.ts'
import type { Locale } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import type { ArticleIndex, ListingScope, SourceCount, Topic } from '../article-index.ts'
import { memoizePerEpoch } from '../memoize-per-epoch.ts'
import { latest, toScopeKey } from '../store/placements.ts'
import { toSummary } from '../store/rows.ts'
import { newestFirst, oldestFirst } from './listings.ts'
import type { Scope, Scopes } from './scopes.ts'

export type Topics = Pick<
  ArticleIndex,
  | 'listCategories'
  | 'listTags'
  | 'listSources'
  | 'listStories'
  | 'listAssets'
  | 'listMonths'
  | 'listDays'
>

export function readTopics(
  db: DatabaseSync,
  { findScope, listScopes, countVisible }: Scopes,
  epoch: () => number,
): Topics {
  const findNewest = db.prepare(`SELECT article_id, published_at, name FROM visible_placements
    WHERE scope_id = ? ORDER BY ${newestFirst} LIMIT 1`)
  const findSummary = db.prepare('SELECT summary FROM visible_summaries WHERE id = ?')

  // Every zone begins its days at a quarter of an hour of UTC.
  const countByQuarter =
    db.prepare(`SELECT published_at / ${quarterMs} AS quarter, count(*) AS count
    FROM visible_placements WHERE scope_id = ? GROUP BY quarter ORDER BY quarter DESC`)

  function toTopic(scope: Scope): Topic[] {
    const newest = findNewest.get(scope.id)
    if (!newest) return []
    const latestAt = new Date(numberOf(newest, 'published_at')).toISOString()
    const { segment } = scope
    return [{ name: textOf(newest, 'name'), segment, articleCount: countVisible(scope), latestAt }]
  }

  /** The source as its newest article names it, without that article's own address. */
  function toSourceCount(scope: Scope): SourceCount[] {
    const newest = findNewest.get(scope.id)
    const row = newest && findSummary.get(numberOf(newest, 'article_id'))
    if (!row) return []
    const { source, publishedAt } = toSummary(row)
    if (!source) return []
    const articleCount = countVisible(scope)
    return [{ source: { ...source, url: undefined }, articleCount, latestAt: publishedAt }]
  }

  function listTopics(locale: Locale, kind: ListingScope['kind']): Topic[] {
    return listScopes(locale, kind).flatMap(toTopic).sort(mostFirst)
  }

  /** Every page asks for these lists, so they are made once an epoch. */
  function perLocale<Value>(list: (locale: Locale) => Value[]): (locale: Locale) => Value[] {
    const lists = memoizePerEpoch(epoch, () => new Map<Locale, Value[]>())
    return (locale) => {
      const values = lists().get(locale) ?? list(locale)
      lists().set(locale, values)
      return [...values]
    }
  }

  return {
    listCategories: perLocale((locale) => listTopics(locale, 'category')),
    listTags: perLocale((locale) => listTopics(locale, 'tag')),
    listStories: perLocale((locale) => listTopics(locale, 'story')),
    listAssets: perLocale((locale) => listTopics(locale, 'asset')),
    listSources: perLocale((locale) =>
      listScopes(locale, 'source').flatMap(toSourceCount).sort(mostFirst),
    ),
    listMonths: perLocale((locale) =>
      listScopes(locale, 'archive')
        .map((scope) => ({ ...toMonth(scope.segment), articleCount: countVisible(scope) }))
        .filter(({ articleCount }) => articleCount > 0)
        .sort((a, b) => b.year - a.year || b.month - a.month),
    ),
    listDays(locale, month) {
      const scope = findScope(locale, toScopeKey({ kind: 'archive', ...month }))
      const counts = new Map<string, number>()
      for (const row of scope ? countByQuarter.all(scope.id) : []) {
        const date = dayIn(site().timeZone, numberOf(row, 'quarter') * quarterMs)
        counts.set(date, (counts.get(date) ?? 0) + numberOf(row, 'count'))
      }
      return Array.from(counts, ([date, articleCount]) => ({ date, articleCount }))
    },
  }
}

const quarterMs = 900_000

function toMonth(segment: string): { year: number; month: number } {
  const [year, month] = segment.split('-').map(Number)
  return { year: year ?? 0, month: month ?? 0 }
}

type Counted = { articleCount: number; latestAt: string }

function mostFirst(a: Counted, b: Counted): number {
  return b.articleCount - a.articleCount || Date.parse(b.latestAt) - Date.parse(a.latestAt)
}

/** What is known of a source: its newest article names it, and the listings have counted the rest. */
export function readSourceFacts(
  db: DatabaseSync,
  { findScope, countVisible }: Scopes,
): Pick<ArticleIndex, 'findSourceFacts'> {
  const end = (order: string) =>
    db.prepare(`SELECT article_id FROM visible_placements
      WHERE scope_id = ? ORDER BY ${order} LIMIT 1`)
  const [findNewest, findOldest] = [end(newestFirst), end(oldestFirst)]
  const findSummary = db.prepare('SELECT summary FROM visible_summaries WHERE id = ?')

  function findEnd(statement: typeof findNewest, scopeId: number) {
    const row = statement.get(scopeId)
    const summary = row && findSummary.get(numberOf(row, 'article_id'))
    return summary && toSummary(summary)
  }

  return {
    findSourceFacts(locale, key) {
      const scope = findScope(locale, { kind: 'source', segment: key })
      const all = findScope(locale, latest)
      const newest = scope && findEnd(findNewest, scope.id)
      const oldest = scope && findEnd(findOldest, scope.id)
      if (!scope || !all || !newest?.source || !oldest) return undefined
      const articleCount = countVisible(scope)
      return {
        source: { ...newest.source, url: undefined },
        siteUrl: newest.source.url && new URL(newest.source.url).origin,
        articleCount,
        sharePercent: Math.round((1000 * articleCount) / countVisible(all)) / 10,
        firstAt: oldest.publishedAt,
        latestAt: newest.publishedAt,
      }
    },
  }
}
