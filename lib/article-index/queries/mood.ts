import type { DatabaseSync } from 'node:sqlite'
import { numberOf, type Row, textOf } from '#lib/node/sqlite.ts'
import { type SentimentSegment, sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import { quarterMs } from '#lib/site/day-in.ts'
import { type MoodSpan, moodSpans, toBounds, toMoodPeriod, toMoodStep } from '#lib/site/mood.ts'
import type { ArticleIndex, MoodCounts } from '../article-index.ts'
import { segmentCodes, toScopeKey } from '../store/placements.ts'
import { toSummary } from '../store/rows.ts'
import { newestFirst } from './listings.ts'
import type { Scopes } from './scopes.ts'

export type Mood = Pick<
  ArticleIndex,
  'countMood' | 'listMoodSteps' | 'listMoodsByTopic' | 'listMoodArticles'
>

const sums = sentimentSegments
  .map((sentiment) => `sum(sentiment = ${segmentCodes[sentiment]}) AS ${sentiment}`)
  .join(', ')

/** What is visible of a listing within a stretch of time, as far as somebody judged it. */
const within = `FROM visible_placements
  WHERE scope_id = ?1 AND published_at >= ?2 AND published_at < ?3 AND sentiment IS NOT NULL`
const ofSentiment = `${within} AND (?4 IS NULL OR sentiment = ?4)`

const ofKind = '(SELECT id FROM main.scopes WHERE locale = ?1 AND kind = ?2 AND served_count > 0)'
const rankSql = `WITH
  parts AS (
    SELECT scope_id, positive, neutral, negative FROM main.scope_days
    WHERE scope_id IN ${ofKind} AND day >= ?3 AND day < ?4
    UNION ALL
    SELECT scope_id, ${sums} FROM visible_placements
    WHERE scope_id IN ${ofKind} AND published_at >= ?5 AND published_at < ?6 AND sentiment IS NOT NULL
    GROUP BY scope_id
  ),
  topics AS (
    SELECT scope_id, sum(positive) AS positive, sum(neutral) AS neutral, sum(negative) AS negative
    FROM parts GROUP BY scope_id
  )
  SELECT scope_id, segment, positive, neutral, negative
  FROM topics JOIN main.scopes ON scopes.id = scope_id
  ORDER BY positive + neutral + negative DESC, segment LIMIT ?7`

/**
 * The mood of listings. Days that are over were counted as they were written (`scope_days`): nothing
 * in them is still to come. Today, and the last 24 hours, are counted from the listings themselves.
 */
export function readMood(
  db: DatabaseSync,
  clock: { now: number },
  { findScope, countVisible, areCountsRight }: Scopes,
): Mood {
  const listDays = db.prepare(`SELECT day AS step, positive, neutral, negative FROM scope_days
    WHERE scope_id = ? AND day >= ? AND day < ?`)
  const listLive = db.prepare(`SELECT published_at / ${quarterMs} AS quarter, ${sums} ${within}
    GROUP BY quarter`)
  const rankTopics = db.prepare(rankSql)
  const findName = db.prepare(`SELECT name FROM visible_placements
    WHERE scope_id = ? ORDER BY ${newestFirst} LIMIT 1`)
  const findSummary = db.prepare('SELECT summary FROM visible_summaries WHERE id = ?')
  const countOfSentiment = db.prepare(`SELECT count(*) AS count ${ofSentiment}`)
  const listOfSentiment = db.prepare(`SELECT article_id ${ofSentiment}
    ORDER BY ${newestFirst} LIMIT ?5 OFFSET ?6`)

  /** Where the days that are over end and what is counted live begins; hours are all live. */
  function split(span: MoodSpan) {
    const { from, before } = toBounds({ kind: 'span', span }, clock.now)
    const today = toMoodStep('day', clock.now)
    if (moodSpans[span].unit === 'hour' || !areCountsRight()) {
      return { firstDay: today, today, liveFrom: from, before }
    }
    const { from: liveFrom } = toBounds(toMoodPeriod('day', today), clock.now)
    return { firstDay: today - moodSpans[span].steps + 1, today, liveFrom, before }
  }

  /** Counts by the hour or the day since 1970; steps without articles are left out. */
  function countSteps({ locale, scope, span }: MoodQuery): Map<number, MoodCounts> {
    const found = findScope(locale, toScopeKey(scope))
    if (!found) return new Map()
    const { firstDay, today, liveFrom, before } = split(span)
    const counts = new Map(
      listDays.all(found.id, firstDay, today).map((row) => [numberOf(row, 'step'), toCounts(row)]),
    )
    for (const row of listLive.all(found.id, liveFrom, before)) {
      const step = toMoodStep(moodSpans[span].unit, numberOf(row, 'quarter') * quarterMs)
      counts.set(step, add(counts.get(step) ?? noMood, toCounts(row)))
    }
    return counts
  }

  return {
    countMood: (query) => [...countSteps(query).values()].reduce(add, noMood),

    listMoodSteps(query) {
      const { span } = query
      const { unit, steps } = moodSpans[span]
      const counts = countSteps(query)
      const first = toMoodStep(unit, clock.now) - steps + 1
      return Array.from({ length: steps }, (_, at) => ({
        period: toMoodPeriod(unit, first + at),
        counts: counts.get(first + at) ?? noMood,
      }))
    },

    listMoodsByTopic({ locale, kind, span, limit }) {
      const { firstDay, today, liveFrom, before } = split(span)
      return rankTopics.all(locale, kind, firstDay, today, liveFrom, before, limit).map((row) => {
        const segment = textOf(row, 'segment')
        const newest = findName.get(numberOf(row, 'scope_id'))
        return {
          name: newest ? textOf(newest, 'name') : segment,
          scope: kind === 'source' ? { kind, key: segment } : { kind, segment },
          counts: toCounts(row),
        }
      })
    },

    listMoodArticles({ locale, scope, period, sentiment, page, pageSize }) {
      const found = findScope(locale, toScopeKey(scope))
      const nothing = { articles: [], page, pageCount: 0, articleCount: 0 }
      if (!found || countVisible(found) === 0) return nothing
      const { from, before } = toBounds(period, clock.now)
      const where = [
        found.id,
        from,
        before,
        sentiment === undefined ? null : segmentCodes[sentiment],
      ]
      const articleCount =
        period.kind === 'span'
          ? total([...countSteps({ locale, scope, span: period.span }).values()], sentiment)
          : countOf(countOfSentiment.get(...where))
      const articles = listOfSentiment
        .all(...where, pageSize, (page - 1) * pageSize)
        .map(({ article_id }) => findSummary.get(article_id ?? null))
        .filter((summary) => summary !== undefined)
        .map(toSummary)
      return { articles, page, pageCount: Math.ceil(articleCount / pageSize), articleCount }
    },
  }
}

type MoodQuery = Parameters<Mood['countMood']>[0]

/** Of one sentiment, or of all. */
const total = (counts: MoodCounts[], sentiment: SentimentSegment | undefined) =>
  counts.reduce(
    (sum, one) => sum + (sentiment ? one[sentiment] : one.positive + one.neutral + one.negative),
    0,
  )

const countOf = (row: Row | undefined) => (row ? numberOf(row, 'count') : 0)

const noMood: MoodCounts = { positive: 0, neutral: 0, negative: 0 }

function toCounts(row: Row): MoodCounts {
  return {
    positive: numberOf(row, 'positive'),
    neutral: numberOf(row, 'neutral'),
    negative: numberOf(row, 'negative'),
  }
}

const add = (a: MoodCounts, b: MoodCounts): MoodCounts => ({
  positive: a.positive + b.positive,
  neutral: a.neutral + b.neutral,
  negative: a.negative + b.negative,
})
