import type { MoodCounts } from '#lib/article-index/article-index.ts'
import { sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import { countAll } from './mood-words.ts'

/**
 * The shares of the sentiments as one bar. The numbers stand beside it, so it is hidden from screen
 * readers. Sentiments differ in place and in pattern (see `mood.css`), not by colour alone.
 */
export function BalanceBar({ counts }: { counts: MoodCounts }) {
  const all = countAll(counts)
  if (all === 0) return undefined
  let x = 0
  return (
    <svg className="balance-bar" width="100%" height="12" aria-hidden="true">
      {sentimentSegments.map((sentiment) => {
        const width = (100 * counts[sentiment]) / all
        const start = x
        x += width
        return (
          width > 0 && (
            <rect
              key={sentiment}
              className={`sentiment-${sentiment}`}
              x={toPercent(start)}
              width={toPercent(width)}
              height="12"
            />
          )
        )
      })}
    </svg>
  )
}

const toPercent = (value: number) => `${Math.round(value * 100) / 100}%`
