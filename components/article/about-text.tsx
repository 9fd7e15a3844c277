import { Fragment } from 'react'
import { Instant } from '#components/text/instant.tsx'
import type { Article } from '#lib/content/article.ts'
import { formatCount, formatLanguage, formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { listingPath, plainPagePath } from '#lib/site/routes.ts'

/** Where the text comes from, what a model did to it, and what has been changed since. */
export function AboutText({ article }: { article: Article }) {
  const { locale, publishedAt, updatedAt, corrections } = article
  const messages = messagesFor(locale)
  const facts = messages.textFacts
  return (
    <section aria-labelledby="_about" className="about-text">
      <h2 id="_about">{messages.aboutThisText}</h2>
      <dl>
        <Story article={article} />
        <OtherReports article={article} />
        <dt>{facts.model}</dt>
        <ModelFacts article={article} />
        <dt>{facts.history}</dt>
        <dd>
          {`${facts.published} `}
          <Instant locale={locale} at={publishedAt} format="date-time" />
          {updatedAt !== publishedAt && (
            <>
              {', '}
              {`${facts.updated} `}
              <Instant locale={locale} at={updatedAt} format="date-time" />
            </>
          )}
          {corrections.length > 0 && (
            <>
              {', '}
              <a href="#_corrections">
                {formatCount(locale, facts.correctedCount, corrections.length)}
              </a>
            </>
          )}
        </dd>
      </dl>
      <p>
        <a href={plainPagePath(locale, 'about')}>{facts.howWeWork}</a>
      </p>
    </section>
  )
}

function Story({ article: { locale, source } }: { article: Article }) {
  if (!source) return undefined
  const messages = messagesFor(locale)
  return (
    <>
      <dt>{messages.textFacts.story}</dt>
      <dd>
        <a href={listingPath(locale, { kind: 'source', key: source.key })}>
          {messages.textFacts.storyFrom(source.name)}
        </a>
        {source.url && (
          <>
            {' · '}
            <a href={source.url} rel="nofollow noopener">
              {messages.readTheOriginal}
            </a>
          </>
        )}
      </dd>
    </>
  )
}

function OtherReports({ article: { locale, alsoReportedBy } }: { article: Article }) {
  if (alsoReportedBy.length === 0) return undefined
  return (
    <>
      <dt>{messagesFor(locale).alsoReportedBy}</dt>
      <dd>
        {alsoReportedBy.map(({ key, name, url }, at) => (
          <Fragment key={key}>
            {at > 0 && ', '}
            {url ? (
              <a href={url} rel="nofollow noopener">
                {name}
              </a>
            ) : (
              name
            )}
          </Fragment>
        ))}
      </dd>
    </>
  )
}

function ModelFacts({
  article: { locale, source, ai, reviewedBy, reviewedAt },
}: {
  article: Article
}) {
  const { textFacts } = messagesFor(locale)
  if (!ai?.rewritten && !ai?.translatedFrom) return <dd>{textFacts.notUsed}</dd>
  return (
    <>
      {ai.rewritten && (
        <dd>
          {source ? textFacts.rewritten : textFacts.rewrittenAlone}
          {ai.expandedAt && (
            <>
              {', '}
              <Instant locale={locale} at={ai.expandedAt} format="date-time" />
            </>
          )}
          {ai.version !== undefined && ` (${textFacts.version(formatNumber(locale, ai.version))})`}
        </dd>
      )}
      {ai.translatedFrom && (
        <dd>{textFacts.translated(formatLanguage(locale, ai.translatedFrom))}</dd>
      )}
      {reviewedBy !== undefined && reviewedAt !== undefined && (
        <dd>
          {textFacts.reviewed(reviewedBy)}
          {', '}
          <Instant locale={locale} at={reviewedAt} format="date-time" />
        </dd>
      )}
    </>
  )
}
