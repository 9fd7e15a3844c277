import { millisecondsPer } from '#lib/site/mood.ts'
import { toneCodes } from '../store/tone-codes.ts'
import type { PlacedArticle } from './placement-writer.ts'
import type { prepareStatements } from './writer-statements.ts'

/** Articles gained in each tone. */
type Gain = { positive: number; neutral: number; negative: number }

/** Counts what each listing gains of each tone in a transaction, day by day, and writes it at its end. */
export function createToneCounter(statements: ReturnType<typeof prepareStatements>) {
  const gains = new Map<number, Map<number, Gain>>()

  return {
    count(
      scope: number,
      { publishedAt, tone }: Pick<PlacedArticle, 'publishedAt' | 'tone'>,
      by: number,
    ) {
      if (tone === undefined) return
      const days = gains.get(scope) ?? new Map<number, Gain>()
      gains.set(scope, days)
      const day = Math.floor(publishedAt / millisecondsPer.day)
      const gain = days.get(day) ?? { positive: 0, neutral: 0, negative: 0 }
      days.set(day, gain)
      if (tone === toneCodes.POSITIVE) gain.positive += by
      else if (tone === toneCodes.NEGATIVE) gain.negative += by
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
