import type { Placement } from '../store/placements.ts'
import { numberOf } from '../store/rows.ts'
import { weekOf } from '../store/schema.ts'
import { createToneCounter } from './tone-counter.ts'
import type { prepareStatements } from './writer-statements.ts'

/** Scope ids with the name under which an article stands there. */
export type Places = [scopeId: number, name: string | null | undefined][]

/** `publishedAt` in ms since 1970, `tone` one of `toneCodes`. */
export type PlacedArticle = {
  id: number
  slug: string
  publishedAt: number
  tone: number | undefined
}

/** Puts articles into listings and takes them out; what each listing holds is counted at the end. */
export function createPlacementWriter(statements: ReturnType<typeof prepareStatements>) {
  /** Ids of scopes; forgotten with every transaction, because one may be rolled back. */
  const scopeIds = new Map<string, number>()
  /** How many articles each scope has gained in this transaction, by weeks. */
  const gains = new Map<number, Map<number, number>>()
  const toneCounter = createToneCounter(statements)

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
    toPlace: (locale: string, placement: Placement): Places[number] => [
      findScopeId(locale, placement),
      placement.name,
    ],

    add({ id, slug, publishedAt, tone }: PlacedArticle, places: Places): void {
      for (const [scope, name] of places) {
        statements.place.run(scope, publishedAt, slug, id, name ?? null, tone ?? null)
        count(scope, publishedAt, 1)
        toneCounter.count(scope, { publishedAt, tone }, 1)
      }
    },

    /** Places in which the article does not stand are passed over. */
    remove({ id, slug, publishedAt, tone }: PlacedArticle, places: Places): void {
      for (const [scope] of places) {
        const { changes } = statements.displace.run(scope, publishedAt, slug, id)
        if (!changes) continue
        count(scope, publishedAt, -1)
        toneCounter.count(scope, { publishedAt, tone }, -1)
      }
    },

    begin(): void {
      scopeIds.clear()
      gains.clear()
      toneCounter.begin()
    },

    end(): void {
      for (const [scope, weeks] of gains) {
        for (const [week, gain] of weeks) {
          if (gain !== 0) statements.countWeek.run(scope, week, gain)
        }
        const counts = [...weeks.values()]
        const gain = counts.reduce((sum, one) => sum + one, 0)
        if (gain !== 0) statements.countGain.run(gain, scope)
        if (counts.some((one) => one < 0)) statements.removeEmptyWeeks.run(scope)
      }
      toneCounter.end()
    },
  }
}
