import { MoodStrip } from '#components/mood/mood-strip.tsx'
import type { MoodCounts, Topic } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import { listingPath } from '#lib/site/routes.ts'
import { ArticleTeaser } from './article-teaser.tsx'
import { EmptyListing } from './empty-listing.tsx'
import { NewArticles } from './new-articles.tsx'

/** The front page in its order of importance: lead, seconds, the river of the latest, sections. */
export function FrontPage({
  locale,
  lead,
  seconds,
  latest,
  sections,
  mood,
}: {
  locale: Locale
  lead: ArticleSummary | undefined
  seconds: ArticleSummary[]
  latest: ArticleSummary[]
  sections: { topic: Topic; articles: ArticleSummary[] }[]
  mood: MoodCounts
}) {
  const messages = messagesFor(locale)
  if (!lead) return <EmptyListing locale={locale} />
  return (
    <div className="front-page">
      <NewArticles locale={locale} scope={{ kind: 'latest' }} />
      <div className="front-top">
        <ArticleTeaser article={lead} kind="lead" heading="h2" isLargest />
        {seconds.length > 0 && (
          <div className="front-seconds">
            {seconds.map((article) => (
              <ArticleTeaser key={article.slug} article={article} kind="second" heading="h2" />
            ))}
          </div>
        )}
        {latest.length > 0 && (
          <section className="river" aria-labelledby="_latest">
            <h2 id="_latest" className="section-title">
              <a href={listingPath(locale, { kind: 'latest' })}>{messages.latest}</a>
            </h2>
            <ol>
              {latest.map((article) => (
                <li key={article.slug}>
                  <ArticleTeaser article={article} kind="river" />
                </li>
              ))}
            </ol>
            <a href={listingPath(locale, { kind: 'latest' })} className="more-link">
              {messages.moreLatest}
            </a>
          </section>
        )}
      </div>
      <MoodStrip locale={locale} scope={{ kind: 'latest' }} counts={mood} />
      <div className="front-sections">
        {sections.map(({ topic, articles }) => (
          <FrontSection key={topic.segment} locale={locale} topic={topic} articles={articles} />
        ))}
      </div>
    </div>
  )
}

function FrontSection({
  locale,
  topic,
  articles,
}: {
  locale: Locale
  topic: Topic
  articles: ArticleSummary[]
}) {
  const path = listingPath(locale, { kind: 'category', segment: topic.segment })
  const id = `_section-${topic.segment}`
  const [first, ...others] = articles
  return (
    <section className="front-section" aria-labelledby={id}>
      <h2 id={id} className="section-title">
        <a href={path}>{formatTopic(locale, topic.name)}</a>
      </h2>
      {first && <ArticleTeaser article={first} kind="card" isCategoryShown={false} />}
      {others.map((article) => (
        <ArticleTeaser key={article.slug} article={article} kind="brief" isCategoryShown={false} />
      ))}
    </section>
  )
}
