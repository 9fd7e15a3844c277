import { ArticleTeaser } from '#components/listing/article-teaser.tsx'
import { EmptyListing } from '#components/listing/empty-listing.tsx'
import { PageLinks } from '#components/listing/page-links.tsx'
import type { Listing } from '#lib/article-index/article-index.ts'
import { formatCount } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { SentimentSegment } from '#lib/site/addresses/article-filter.ts'
import { type MoodAddress, usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import { moodPath } from '#lib/site/routes.ts'
import { formatPeriod, nameSentiment } from './mood-words.ts'
import './mood.css'

/** The articles behind a part of a chart. `name` is what readers call the listing they stand in. */
export function MoodArticlesView({
  locale,
  address,
  name,
  listing,
  sentimentsThere,
}: {
  locale: Locale
  address: MoodAddress
  name: string
  listing: Listing
  /** In which the period has articles, or may have them when somebody follows the link. */
  sentimentsThere: SentimentSegment[]
}) {
  const messages = messagesFor(locale)
  const { scope, period, sentiment } = address
  const { articles, articleCount, page, pageCount } = listing
  const allSentiments =
    period.kind === 'span' ? [] : [{ name: messages.mood.allSentiments, sentiment: undefined }]
  const choices = [
    ...allSentiments,
    ...sentimentsThere.map((one) => ({ name: nameSentiment(locale, one), sentiment: one })),
  ]
  return (
    <div className="listing">
      <header className="listing-header">
        <p className="kicker">
          <a href={moodPath(locale, usualMood(scope))}>{messages.mood.titleOf(name)}</a>
        </p>
        <h1>{titleOf(locale, address)}</h1>
        <p className="meta">
          <span>{formatCount(locale, messages.articles, articleCount)}</span>
        </p>
      </header>
      <nav aria-label={messages.sentiment} className="choices">
        <ul>
          {choices.map((choice) => (
            <li key={choice.name}>
              <a
                href={moodPath(locale, { scope, period, sentiment: choice.sentiment, number: 1 })}
                aria-current={choice.sentiment === sentiment ? 'page' : undefined}
              >
                {choice.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {articles.length === 0 && (
        <EmptyListing
          locale={locale}
          title={messages.mood.nothing(formatPeriod(locale, period))}
          hint={messages.mood.nothingHint}
        />
      )}
      <div className="listing-articles">
        {articles.map((article) => (
          <ArticleTeaser
            key={article.slug}
            article={article}
            kind="row"
            heading="h2"
            isCategoryShown={scope.kind !== 'category'}
            isSentimentShown={sentiment === undefined}
          />
        ))}
      </div>
      <PageLinks
        locale={locale}
        page={page}
        pageCount={pageCount}
        toPath={(number) => moodPath(locale, { ...address, number })}
      />
    </div>
  )
}

/** `Negative: the last 7 days`, `20 November 2026` */
export function titleOf(locale: Locale, { period, sentiment }: MoodAddress): string {
  const time = formatPeriod(locale, period)
  return sentiment
    ? messagesFor(locale).mood.articlesIn(nameSentiment(locale, sentiment), time)
    : time
}
