import { ArticleTeaser } from '#components/listing/article-teaser.tsx'
import { EmptyListing } from '#components/listing/empty-listing.tsx'
import { PageLinks } from '#components/listing/page-links.tsx'
import type { Listing } from '#lib/article-index/article-index.ts'
import { formatCount } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { type MoodAddress, usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { Tone } from '#lib/site/mood.ts'
import { moodPath } from '#lib/site/routes.ts'
import { formatPeriod, nameTone } from './tone-words.ts'
import './mood.css'

/** The articles behind a part of a chart. `name` is what readers call the listing they stand in. */
export function MoodArticlesView({
  locale,
  address,
  name,
  listing,
  tonesThere,
}: {
  locale: Locale
  address: MoodAddress
  name: string
  listing: Listing
  /** In which the period has articles, or may have them when somebody follows the link. */
  tonesThere: Tone[]
}) {
  const messages = messagesFor(locale)
  const { scope, period, tone } = address
  const { articles, articleCount, page, pageCount } = listing
  const allTones = period.kind === 'span' ? [] : [{ name: messages.mood.allTones, tone: undefined }]
  const choices = [
    ...allTones,
    ...tonesThere.map((one) => ({ name: nameTone(locale, one), tone: one })),
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
                href={moodPath(locale, { scope, period, tone: choice.tone, number: 1 })}
                aria-current={choice.tone === tone ? 'page' : undefined}
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
            isToneShown={tone === undefined}
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
export function titleOf(locale: Locale, { period, tone }: MoodAddress): string {
  const time = formatPeriod(locale, period)
  return tone ? messagesFor(locale).mood.articlesIn(nameTone(locale, tone), time) : time
}
