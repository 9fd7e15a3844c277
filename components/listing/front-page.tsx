import { MoodStrip } from '#components/mood/mood-strip.tsx'
import { Instant } from '#components/text/instant.tsx'
import type { MoodCounts, Topic } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { MoodSpan } from '#lib/site/mood.ts'
import { articlePath, listingPath } from '#lib/site/routes.ts'
import { ArticleTeaser } from './article-teaser.tsx'
import { EmptyListing } from './empty-listing.tsx'
import { MostRead, SinceVisit } from './most-read.tsx'
import { NewArticles } from './new-articles.tsx'
import './front-page.css'

/**
 * The front page in its order of importance: its date, breaking news, the lead with what came before
 * it, seconds beside the river of the latest, what argues or explains, sections.
 */
export function FrontPage({
  locale,
  breaking,
  lead,
  related,
  seconds,
  latest,
  inDepth,
  sections,
  mood,
}: {
  locale: Locale
  breaking: ArticleSummary[]
  lead: ArticleSummary | undefined
  related: ArticleSummary[]
  seconds: ArticleSummary[]
  latest: ArticleSummary[]
  inDepth: ArticleSummary[]
  sections: { topic: Topic; articles: ArticleSummary[] }[]
  mood: { span: MoodSpan; counts: MoodCounts }
}) {
  const messages = messagesFor(locale)
  const [newest] = [...breaking, lead, ...seconds, ...latest]
    .map((article) => article?.publishedAt ?? '')
    .sort()
    .reverse()
  if (!lead || !newest)
    return (
      <div id="_first-part">
        <EmptyListing locale={locale} />
      </div>
    )
  return (
    <div className="front-page">
      <NewArticles locale={locale} scope={{ kind: 'latest' }} />
      <p className="edition">
        <Instant locale={locale} at={newest} format="edition" />
        <SinceVisit locale={locale} />
        <span>
          {`${messages.editionUpdated} `}
          <Instant locale={locale} at={newest} format="time" />
        </span>
      </p>
      {breaking.length > 0 && (
        <section className="breaking" aria-labelledby="_breaking">
          <h2 id="_breaking">{messages.breaking}</h2>
          <ul>
            {breaking.map((article) => (
              <li key={article.slug}>
                <ArticleTeaser article={article} kind="brief" />
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="front-top">
        <div className="front-lead">
          <ArticleTeaser article={lead} kind="lead" heading="h2" isLargest />
          {related.length > 0 && (
            <ul className="lead-related" aria-label={messages.related}>
              {related.map(({ slug, title }) => (
                <li key={slug}>
                  <a href={articlePath(locale, slug)}>{typeset(locale, title)}</a>
                </li>
              ))}
            </ul>
          )}
        </div>
        {seconds.length > 0 && (
          <div className="front-seconds">
            {seconds.map((article, position) => (
              <ArticleTeaser
                key={article.slug}
                article={article}
                kind={position === 0 ? 'feature' : 'second'}
                heading="h2"
              />
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
                  <ArticleTeaser article={article} kind="river" isCategoryShown={false} />
                </li>
              ))}
            </ol>
            <a href={listingPath(locale, { kind: 'latest' })} className="more-link">
              {messages.moreLatest}
            </a>
          </section>
        )}
      </div>
      {/* What is above it is painted in one piece: see `PageFrame`. */}
      <span id="_first-part" hidden />
      <MoodStrip locale={locale} scope={{ kind: 'latest' }} {...mood} />
      {inDepth.length > 0 && (
        <section aria-labelledby="_in-depth">
          <h2 id="_in-depth" className="section-title">
            {messages.inDepth}
          </h2>
          <div className="front-in-depth">
            {inDepth.map((article) => (
              <ArticleTeaser
                key={article.slug}
                article={article}
                kind="card"
                isCategoryShown={false}
              />
            ))}
          </div>
        </section>
      )}
      <div className="front-sections">
        {sections.map(({ topic, articles }) => (
          <FrontSection key={topic.segment} locale={locale} topic={topic} articles={articles} />
        ))}
      </div>
      <MostRead locale={locale} scope={{ kind: 'latest' }} />
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
