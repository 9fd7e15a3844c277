import { EmptyListing } from '#components/listing/empty-listing.tsx'
import type { MoodOfTopic, MoodStep } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import { usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type MoodScope, type MoodSpan, moodSpanNames } from '#lib/site/mood.ts'
import { listingPath, moodPath } from '#lib/site/routes.ts'
import { BalanceBar } from './balance-bar.tsx'
import { MoodChart } from './mood-chart.tsx'
import { StepTable, type TopicKind, TopicTable } from './mood-tables.tsx'
import { countAll } from './mood-words.ts'
import { SentimentLinks } from './sentiment-links.tsx'
import { SentimentPatterns } from './sentiment-mark.tsx'
import './mood.css'

/**
 * The mood of a listing over a span: the balance, the way there, and of the whole publication also where it
 * comes from. `name` is what readers call the listing; undefined for the whole publication.
 */
export function MoodView({
  locale,
  scope,
  span,
  name,
  steps,
  topics,
}: {
  locale: Locale
  scope: MoodScope
  span: MoodSpan
  name: string | undefined
  steps: MoodStep[]
  topics: Record<TopicKind, MoodOfTopic[]> | undefined
}) {
  const { mood } = messagesFor(locale)
  const period = { kind: 'span', span } as const
  const counts = {
    positive: sum(steps, 'positive'),
    neutral: sum(steps, 'neutral'),
    negative: sum(steps, 'negative'),
  }
  return (
    <div className="listing mood">
      <SentimentPatterns />
      <header className="listing-header">
        {name !== undefined && (
          <p className="kicker">
            <a href={moodPath(locale, usualMood({ kind: 'latest' }))}>{mood.name}</a>
          </p>
        )}
        <h1>{name === undefined ? mood.title : mood.titleOf(name)}</h1>
        <p>{mood.intro}</p>
      </header>
      <SpanLinks locale={locale} scope={scope} current={span} />
      {countAll(counts) === 0 ? (
        <EmptyListing
          locale={locale}
          title={mood.nothing(mood.lastSpan[span])}
          hint={mood.nothingHint}
        />
      ) : (
        <>
          <section className="mood-balance" aria-labelledby="_balance">
            <h2 id="_balance" className="section-title">
              {mood.balance}
            </h2>
            <BalanceBar counts={counts} />
            <SentimentLinks
              locale={locale}
              address={{ scope, period, number: 1 }}
              sentiments={sentimentSegments}
              counts={counts}
            />
          </section>
          <section aria-labelledby="_time">
            <h2 id="_time" className="section-title">
              {mood.overTime}
            </h2>
            <MoodChart locale={locale} scope={scope} span={span} steps={steps} />
            <StepTable locale={locale} scope={scope} steps={steps} />
          </section>
          {topics && (
            <div className="mood-topics">
              {(['category', 'source', 'tag'] as const).map((kind) => (
                <TopicTable
                  key={kind}
                  locale={locale}
                  kind={kind}
                  period={period}
                  topics={topics[kind]}
                />
              ))}
            </div>
          )}
        </>
      )}
      {name !== undefined && (
        <ul className="topic-list mood-ways">
          <li>
            <a href={listingPath(locale, scope)}>{mood.listing(name)}</a>
          </li>
          <li>
            <a href={moodPath(locale, usualMood({ kind: 'latest' }))}>{mood.whole}</a>
          </li>
        </ul>
      )}
    </div>
  )
}

const sum = (steps: MoodStep[], sentiment: (typeof sentimentSegments)[number]) =>
  steps.reduce((all, { counts }) => all + counts[sentiment], 0)

function SpanLinks({
  locale,
  scope,
  current,
}: {
  locale: Locale
  scope: MoodScope
  current: MoodSpan
}) {
  const { mood } = messagesFor(locale)
  return (
    <nav aria-label={mood.span} className="choices">
      <ul>
        {moodSpanNames.map((span) => (
          <li key={span}>
            <a
              href={moodPath(locale, { scope, period: { kind: 'span', span }, number: 1 })}
              aria-current={span === current ? 'page' : undefined}
            >
              {mood.spans[span]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
