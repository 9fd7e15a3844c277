import { Fragment } from 'react'
import { Instant } from '#components/text/instant.tsx'
import type { Article } from '#lib/content/article.ts'
import { formatLanguage } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { listingPath } from '#lib/site/routes.ts'

/** Where the text comes from, and what a model did to it. */
export function AboutText({ article }: { article: Article }) {
  const { locale, source, alsoReportedBy, ai } = article
  const messages = messagesFor(locale)
  if (!source && !ai) return undefined
  return (
    <section aria-labelledby="_about" className="about-text">
      <h2 id="_about">{messages.aboutThisText}</h2>
      {ai?.rewritten && (
        <p>
          {messages.aiRewrittenNote(source?.name)}{' '}
          {ai.expandedAt && <Instant locale={locale} at={ai.expandedAt} format="date" />}
        </p>
      )}
      {ai?.translatedFrom && (
        <p>{messages.aiTranslatedNote(formatLanguage(locale, ai.translatedFrom))}</p>
      )}
      {source && (
        <p>
          {messages.source}:{' '}
          <a href={listingPath(locale, { kind: 'source', key: source.key })}>{source.name}</a>
          {source.url && (
            <>
              {' · '}
              <a href={source.url} rel="nofollow noopener">
                {messages.readTheOriginal}
              </a>
            </>
          )}
        </p>
      )}
      {alsoReportedBy.length > 0 && (
        <p>
          {messages.alsoReportedBy}{' '}
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
        </p>
      )}
    </section>
  )
}
