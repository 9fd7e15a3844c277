import type { Chart } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import { formatNumber } from './format.ts'

/** Above this a chart is a line, and its description names some values only. */
export const mostBars = 12

/**
 * A chart in words, for those who do not see it: all values, or of many the first, the lowest, the
 * highest and the last, in their order.
 */
export function describeChart(locale: Locale, { title, values }: Chart): string {
  const numbers = values.map(({ value }) => value)
  const notable = new Set([
    0,
    numbers.indexOf(Math.min(...numbers)),
    numbers.indexOf(Math.max(...numbers)),
    values.length - 1,
  ])
  const named = values.filter((_, at) => values.length <= mostBars || notable.has(at))
  const parts = named.map(({ label, value }) => `${label}: ${formatNumber(locale, value)}`)
  return `${title}. ${parts.join('; ')}`
}
