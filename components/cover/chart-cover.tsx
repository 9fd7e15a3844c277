import type { Chart } from '#lib/content/article.ts'
import { describeChart, mostBars } from '#lib/i18n/describe-chart.ts'
import { formatNumber } from '#lib/i18n/format.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'

/**
 * Where the plot of a chart with labels begins, and how high it is, in hundredths of its height: those of
 * `.chart-labelled svg` in `cover.css`.
 */
const plot = { bottom: 14, height: 54 }

/**
 * A chart as a cover: drawn in the page, so that it needs no file and follows the colours of the page.
 * In a small place it is a picture without words.
 */
export function ChartCover({
  locale,
  chart,
  isLabelled,
  isDecoration,
  aspectRatio,
}: {
  locale: Locale
  chart: Chart
  isLabelled: boolean
  /** A headline beside it says what it shows. */
  isDecoration: boolean
  aspectRatio: string
}) {
  const numbers = chart.values.map(({ value }) => value)
  const isLine = numbers.length > mostBars
  const shown = isLine ? numbers : [0, ...numbers]
  const [lowest, highest] = [Math.min(...shown), Math.max(...shown)]
  /** From 0 at the bottom to 100 at the top. A series of one value lies in the middle. */
  const toHeight = (value: number) =>
    highest === lowest ? 50 : ((value - lowest) / (highest - lowest)) * 100
  const [first, last] = [chart.values[0], chart.values.at(-1)]
  const lastNumber = last?.value ?? 0
  const top = toHeight(isLine ? lastNumber : Math.max(0, lastNumber))
  return (
    <span
      className={isLabelled ? 'cover chart chart-labelled' : 'cover chart'}
      style={{ aspectRatio }}
      dir="ltr"
      {...(isDecoration
        ? { 'aria-hidden': true }
        : { role: 'img', 'aria-label': describeChart(locale, chart) })}
    >
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {isLine ? drawLine(numbers, toHeight) : drawBars(numbers, toHeight)}
      </svg>
      {isLabelled && (
        <>
          <b className="chart-title">{typeset(locale, chart.title)}</b>
          <b
            className="chart-last"
            style={{ insetBlockEnd: `${plot.bottom + (top * plot.height) / 100}%` }}
          >
            {formatNumber(locale, lastNumber)}
          </b>
          <span className="chart-ends">
            <span>{first?.label}</span>
            <span>{last?.label}</span>
          </span>
        </>
      )}
    </span>
  )
}

type ToHeight = (value: number) => number

/** A tenth of a hundredth is finer than any screen. */
const round = (value: number) => Math.round(value * 10) / 10

function drawBars(numbers: number[], toHeight: ToHeight) {
  const step = 100 / numbers.length
  const zero = 100 - toHeight(0)
  const bars = numbers.map(
    (value, at) =>
      `M${round((at + 0.15) * step)},${round(zero)}V${round(100 - toHeight(value))}h${round(0.7 * step)}V${round(zero)}z`,
  )
  return (
    <>
      <path className="chart-rest" d={bars.slice(0, -1).join('')} />
      <path className="chart-peak" d={bars.at(-1)} />
      <path className="chart-line" d={`M0,${round(zero)}H100`} />
    </>
  )
}

function drawLine(numbers: number[], toHeight: ToHeight) {
  const points = numbers.map(
    (value, at) => `${round((at * 100) / (numbers.length - 1))},${round(100 - toHeight(value))}`,
  )
  return (
    <>
      <path className="chart-course" d={`M${points.join('L')}`} />
      <path className="chart-dot" d={`M${points.at(-1)}h0`} />
    </>
  )
}
