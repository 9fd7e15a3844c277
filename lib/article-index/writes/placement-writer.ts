import { numberOf, textOf } from '#lib/node/sqlite.ts'
import { toMoodStep } from '#lib/site/mood.ts'
import { type Placement, sentimentCodes } from '../store/placements.ts'
import { weekOf } from '../store/schema.ts'
import type { prepareStatements } from './writer-statements.ts'

/** Scope ids with the name under which an article stands there. */
export type ArticleScopes = [scopeId: number, name: string | null | undefined][]

/** `publishedAt` in ms since 1970, `sentiment` one of `sentimentCodes`. */
export type PlacedArticle = {
  id: number
  slug: string
  publishedAt: number
  sentiment: number | undefined
}

/** When an article last left a listing, in ms since 1970. Plain JSON. */
export type Removal = { locale: string; kind: string; segment: string; removedAt: number }

/**
 * Puts articles into listings and takes them out; what each listing holds, and whether an article has
 * left it, is written at the end. What leaves an index that is made in bulk nobody has seen there.
 */
export function createPlacementWriter(
  statements: ReturnType<typeof prepareStatements>,
  { now, isBulk }: { now: () => Date; isBulk: boolean },
) {
  /** Ids of scopes; forgotten with every transaction, because one may be rolled back. */
  const scopeIds = new Map<string, number>()
  /** How many articles each scope has gained in this transaction, by weeks. */
  const gains = new Map<number, Map<number, number>>()
  /** Places from which articles were taken in this transaction, by scopes. An edit puts them back. */
  const vacated = new Map<number, Pick<PlacedArticle, 'publishedAt' | 'slug'>[]>()
  const sentimentCounter = createSentimentCounter(statements)

  function findScopeId(locale: string, { kind, segment }: Placement): number {
    const key = `${locale} ${kind} ${segment}`
    const known = scopeIds.get(key)
    if (known !== undefined) return known
    statements.addScope.run(locale, kind, segment)
    const row = statements.findScope.get(locale, kind, segment)
    if (!row) throw new Error(`Scope ${key} was not written`)
    scopeIds.set(key, numberOf(row, 'id'))
    return numberOf(row, 'id')
  }

  function count(scope: number, publishedAt: number, gain: number): void {
    const weeks = gains.get(scope) ?? new Map<number, number>()
    gains.set(scope, weeks)
    const week = weekOf(publishedAt)
    weeks.set(week, (weeks.get(week) ?? 0) + gain)
  }

  return {
    toArticleScope: (locale: string, placement: Placement): ArticleScopes[number] => [
      findScopeId(locale, placement),
      placement.name,
    ],

    add({ id, slug, publishedAt, sentiment }: PlacedArticle, scopes: ArticleScopes): void {
      for (const [scope, name] of scopes) {
        statements.addPlacement.run(scope, publishedAt, slug, id, name ?? null, sentiment ?? null)
        count(scope, publishedAt, 1)
        sentimentCounter.count(scope, { publishedAt, sentiment }, 1)
      }
    },

    /** Skips listings that do not have the article. */
    remove({ id, slug, publishedAt, sentiment }: PlacedArticle, scopes: ArticleScopes): void {
      for (const [scope] of scopes) {
        const { changes } = statements.removePlacement.run(scope, publishedAt, slug, id)
        if (!changes) continue
        const places = vacated.get(scope) ?? []
        if (!isBulk) vacated.set(scope, places)
        places.push({ publishedAt, slug })
        count(scope, publishedAt, -1)
        sentimentCounter.count(scope, { publishedAt, sentiment }, -1)
      }
    },

    begin(): void {
      scopeIds.clear()
      gains.clear()
      vacated.clear()
      sentimentCounter.begin()
    },

    /** The listings that have lost an article in this transaction. */
    listRemovals(): Removal[] {
      const removedAt = now().getTime()
      const removals: Removal[] = []
      for (const [scope, places] of vacated) {
        // A scheduled article was not visible, so no listing has lost it.
        const isRemoved = places.some(
          ({ publishedAt, slug }) =>
            publishedAt <= removedAt && !statements.findPlacement.get(scope, publishedAt, slug),
        )
        const row = isRemoved && statements.findScopeKey.get(scope)
        if (!row) continue
        const [locale, kind] = [textOf(row, 'locale'), textOf(row, 'kind')]
        removals.push({ locale, kind, segment: textOf(row, 'segment'), removedAt })
      }
      return removals
    },

    /** Writes what has changed in this transaction. `removals` are its own, or those of its origin. */
    end(removals: Removal[]): void {
      for (const [scope, weeks] of gains) {
        for (const [week, gain] of weeks) {
          if (gain !== 0) statements.countWeek.run(scope, week, gain)
        }
        const counts = [...weeks.values()]
        const gain = counts.reduce((sum, one) => sum + one, 0)
        if (gain !== 0) statements.countGain.run(gain, scope)
        if (counts.some((one) => one < 0)) statements.removeEmptyWeeks.run(scope)
      }
      for (const { locale, kind, segment, removedAt } of removals) {
        statements.setRemovedAt.run(locale, kind, segment, removedAt)
      }
      sentimentCounter.end()
    },
  }
}

/** Articles gained in each sentiment. */
type Gain = { positive: number; neutral: number; negative: number }

/** Counts what each listing gains of each sentiment in a transaction, day by day, and writes it at its end. */
function createSentimentCounter(statements: ReturnType<typeof prepareStatements>) {
  const gains = new Map<number, Map<number, Gain>>()

  return {
    count(
      scope: number,
      { publishedAt, sentiment }: Pick<PlacedArticle, 'publishedAt' | 'sentiment'>,
      by: number,
    ) {
      if (sentiment === undefined) return
      const days = gains.get(scope) ?? new Map<number, Gain>()
      gains.set(scope, days)
      const day = toMoodStep('day', publishedAt)
      const gain = days.get(day) ?? { positive: 0, neutral: 0, negative: 0 }
      days.set(day, gain)
      if (sentiment === sentimentCodes.POSITIVE) gain.positive += by
      else if (sentiment === sentimentCodes.NEGATIVE) gain.negative += by
      else gain.neutral += by
    },

    begin: () => gains.clear(),

    end(): void {
      for (const [scope, days] of gains) {
        let hasLost = false
        for (const [day, { positive, neutral, negative }] of days) {
          statements.countDay.run(scope, day, positive, neutral, negative)
          hasLost ||= Math.min(positive, neutral, negative) < 0
        }
        if (hasLost) statements.removeEmptyDays.run(scope)
      }
    },
  }
}
