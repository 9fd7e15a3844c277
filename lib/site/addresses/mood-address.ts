import {
  type MoodPeriod,
  type MoodScope,
  parseMoodPeriod,
  toMoodSegment,
  usualSpan,
} from '../mood.ts'
import { isSentimentSegment, type SentimentSegment } from './article-filter.ts'

/**
 * What a page under `/mood` shows. A span without a sentiment is a page of charts; everything else lists
 * articles: those of a day or an hour, and those of any period in one sentiment. Pages count from 1.
 */
export type MoodAddress = {
  scope: MoodScope
  period: MoodPeriod
  sentiment?: SentimentSegment | undefined
  number: number
}

/** Whether a page under `/mood` lists articles and is no chart. */
const listsArticles = ({ period, sentiment }: MoodAddress) =>
  period.kind !== 'span' || sentiment !== undefined

/** The charts of a scope over the usual span. */
export const usualMood = (scope: MoodScope): MoodAddress => ({
  scope,
  period: { kind: 'span', span: usualSpan },
  number: 1,
})

/** The segments after `/mood`: `category`, `markets`, `30-days`, `negative`, `page`, `2`. */
export function toMoodSegments(address: MoodAddress): string[] {
  const { scope, period, sentiment, number } = address
  const isUsual = period.kind === 'span' && period.span === usualSpan && !sentiment
  return [
    ...toScopeSegments(scope),
    ...(isUsual ? [] : [toMoodSegment(period)]),
    ...(sentiment ? [sentiment] : []),
    ...(number > 1 ? ['page', String(number)] : []),
  ]
}

/** The inverse of `toMoodSegments`; `/mood/7-days` and `…/page/1` are read as well. */
export function parseMoodSegments(segments: string[]): MoodAddress | undefined {
  const [kind, name] = segments
  const hasScope = kind === 'category' || kind === 'tag' || kind === 'source' || kind === 'asset'
  if (hasScope && name === undefined) return undefined
  const scope = hasScope ? toScope(kind, name ?? '') : ({ kind: 'latest' } as const)
  const rest = [...segments.slice(hasScope ? 2 : 0)]
  const period = rest[0] === undefined ? undefined : parseMoodPeriod(rest[0])
  if (rest.length > 0 && !period) return undefined
  const sentiment = isSentimentSegment(rest[1]) ? rest[1] : undefined
  const number = parseNumber(rest.slice(sentiment ? 2 : 1))
  if (number === undefined) return undefined
  const address = { scope, period: period ?? usualMood(scope).period, sentiment, number }
  return number === 1 || listsArticles(address) ? address : undefined
}

function toScope(kind: 'category' | 'tag' | 'source' | 'asset', name: string): MoodScope {
  return kind === 'source' || kind === 'asset' ? { kind, key: name } : { kind, segment: name }
}

function toScopeSegments(scope: MoodScope): string[] {
  if (scope.kind === 'latest') return []
  return [scope.kind, 'key' in scope ? scope.key : scope.segment]
}

function parseNumber(rest: string[]): number | undefined {
  if (rest.length === 0) return 1
  const [word, number = ''] = rest
  return rest.length === 2 && word === 'page' && /^[1-9]\d{0,6}$/.test(number)
    ? Number(number)
    : undefined
}
