import type { MoodStep } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type MoodScope, type MoodSpan, toMoodSegment } from '#lib/site/mood.ts'
import { moodPath } from '#lib/site/routes.ts'
import { countAll, formatMark, formatMood, formatPeriod } from './mood-words.ts'
import './mood.css'

/** In CSS pixels: the chart is as wide as its place, so only heights are fixed. */
const size = { height: 168, bars: 144 }

/**
 * The mood over time: a bar for each hour or day that has judged articles, negative at its foot,
 * neutral above it, positive on top. Each bar is a link that says its numbers.
 */
export function MoodChart({
  locale,
  scope,
  span,
  steps,
}: {
  locale: Locale
  scope: MoodScope
  span: MoodSpan
  steps: MoodStep[]
}) {
  const { mood } = messagesFor(locale)
  const most = Math.max(1, ...steps.map(({ counts }) => countAll(counts)))
  const step = 100 / steps.length
  const scale = size.bars / most
  return (
    <figure className="mood-chart">
      <a href="#_numbers" className="skip-link">
        {mood.toNumbers}
      </a>
      {/* A group and no picture: what a picture holds cannot be reached. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a drawing. */}
      <svg
        width="100%"
        height={size.height}
        role="group"
        aria-label={mood.chart(mood.lastSpan[span])}
      >
        {steps.map(({ period, counts }, at) => {
          const x = at * step
          const label = `${formatPeriod(locale, period)}: ${formatMood(locale, counts)}`
          if (countAll(counts) === 0) return undefined
          let y = size.bars
          return (
            <a
              key={x}
              href={moodPath(locale, { scope, period, number: 1 })}
              aria-label={label}
              className="mood-step"
            >
              <title>{label}</title>
              <rect className="mood-reach" x={`${x}%`} width={`${step}%`} height={size.bars} />
              {(['negative', 'neutral', 'positive'] as const).map((sentiment) => {
                const height = counts[sentiment] * scale
                y -= height
                return (
                  height > 0 && (
                    <rect
                      key={sentiment}
                      className={`sentiment-${sentiment}`}
                      x={`${x + step * 0.12}%`}
                      width={`${step * 0.76}%`}
                      y={round(y)}
                      height={round(height)}
                    />
                  )
                )
              })}
            </a>
          )
        })}
        <line className="mood-ground" x1="0" x2="100%" y1={size.bars} y2={size.bars} />
      </svg>
      <p className="mood-marks" aria-hidden="true">
        {marksOf(steps).map(({ period }) => (
          <span key={toMoodSegment(period)}>{formatMark(locale, period)}</span>
        ))}
      </p>
    </figure>
  )
}

/** The first, the middle and the last of the steps. */
const marksOf = (steps: MoodStep[]) =>
  steps.filter((_, at) => [0, Math.floor(steps.length / 2), steps.length - 1].includes(at))

const round = (value: number) => Math.round(value * 10) / 10
