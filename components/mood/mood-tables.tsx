import type { ReactNode } from 'react'
import type { MoodCounts, MoodOfTopic, MoodStep } from '#lib/article-index/article-index.ts'
import { formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import type { MoodAddress } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import { moodPath } from '#lib/site/routes.ts'
import { BalanceBar } from './balance-bar.tsx'
import { countAll, formatPeriod, formatSentimentCount, nameSentiment } from './mood-words.ts'
import { SentimentMark } from './sentiment-mark.tsx'
import './mood.css'

export type TopicKind = 'category' | 'source' | 'tag'

/** The mood of sections, sources or topics over a span: a bar each, and the numbers. */
export function TopicTable({
  locale,
  kind,
  period,
  topics,
}: {
  locale: Locale
  kind: TopicKind
  period: MoodAddress['period']
  topics: MoodOfTopic[]
}) {
  const { mood } = messagesFor(locale)
  if (topics.length === 0) return undefined
  return (
    <MoodTable locale={locale} caption={mood.by[kind]} head={mood.column[kind]} hasBars>
      {topics.map(({ name, scope, counts }) => {
        const address = { scope, period, number: 1 }
        const label = kind === 'source' ? name : formatTopic(locale, name)
        return (
          <tr key={label}>
            <th scope="row">
              <a href={moodPath(locale, address)}>{label}</a>
            </th>
            <td className="mood-share">
              <BalanceBar counts={counts} />
            </td>
            <Counts locale={locale} address={address} counts={counts} />
          </tr>
        )
      })}
    </MoodTable>
  )
}

/** A chart in numbers, the newest step first; steps without articles are left out. */
export function StepTable({
  locale,
  scope,
  steps,
}: {
  locale: Locale
  scope: MoodAddress['scope']
  steps: MoodStep[]
}) {
  const { mood } = messagesFor(locale)
  return (
    <details className="mood-numbers" id="_numbers">
      <summary>{mood.numbers}</summary>
      <MoodTable locale={locale} caption={mood.overTime} head={mood.time}>
        {steps
          .filter(({ counts }) => countAll(counts) > 0)
          .toReversed()
          .map(({ period, counts }) => {
            const address = { scope, period, number: 1 }
            const time = formatPeriod(locale, period)
            return (
              <tr key={time}>
                <th scope="row">
                  <a href={moodPath(locale, address)}>{time}</a>
                </th>
                <Counts locale={locale} address={address} counts={counts} />
              </tr>
            )
          })}
      </MoodTable>
    </details>
  )
}

function MoodTable({
  locale,
  caption,
  head,
  hasBars = false,
  children,
}: {
  locale: Locale
  caption: string
  head: string
  hasBars?: boolean
  children: ReactNode
}) {
  return (
    <table className="mood-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {hasBars && (
            <th scope="col" className="mood-share">
              {messagesFor(locale).mood.share}
            </th>
          )}
          {sentimentSegments.map((sentiment) => (
            <th key={sentiment} scope="col" className="mood-sentiment">
              <SentimentMark sentiment={sentiment} />
              <span>{nameSentiment(locale, sentiment)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

/** Three cells; a number links to its articles, a zero has no link. */
function Counts({
  locale,
  address,
  counts,
}: {
  locale: Locale
  address: MoodAddress
  counts: MoodCounts
}) {
  return sentimentSegments.map((sentiment) => {
    const count = counts[sentiment]
    if (count === 0) return <td key={sentiment}>0</td>
    return (
      <td key={sentiment}>
        <a
          href={moodPath(locale, { ...address, sentiment })}
          aria-label={formatSentimentCount(locale, sentiment, count)}
        >
          {formatNumber(locale, count)}
        </a>
      </td>
    )
  })
}
