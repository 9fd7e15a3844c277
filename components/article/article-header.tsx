import { Fragment } from 'react'
import { Breadcrumbs } from '#components/layout/breadcrumbs.tsx'
import { Instant } from '#components/text/instant.tsx'
import type { Article, Byline } from '#lib/content/article.ts'
import { articleBreadcrumbs } from '#lib/i18n/breadcrumbs.ts'
import { formatCount } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import { listingPath } from '#lib/site/routes.ts'
import { ProvenanceLabel } from './provenance-label.tsx'
import './article.css'

const wordsPerMinute = 220

/** Headline, standfirst, and the facts about the text: who, when, from where, how long, what sentiment. */
export function ArticleHeader({ article, bylines }: { article: Article; bylines: Byline[] }) {
  const { locale, title, description, publishedAt, updatedAt, source } = article
  const messages = messagesFor(locale)
  const minutes = Math.max(1, Math.round(article.wordCount / wordsPerMinute))
  return (
    <header className="article-header">
      <div className="kicker">
        <Breadcrumbs locale={locale} crumbs={articleBreadcrumbs(article)} />
        {article.kind && article.kind !== 'news' && (
          <span className="provenance">{messages.kinds[article.kind]}</span>
        )}
        <ProvenanceLabel article={article} />
      </div>
      <h1 dir="auto">{typeset(locale, title)}</h1>
      {description && (
        <p className="standfirst" dir="auto">
          {typeset(locale, description)}
        </p>
      )}
      <p className="meta">
        {bylines.length > 0 && (
          <span>
            {`${messages.by} `}
            {bylines.map(({ name, key }, at) => (
              <Fragment key={name}>
                {at > 0 && ', '}
                {key ? <a href={listingPath(locale, { kind: 'author', key })}>{name}</a> : name}
              </Fragment>
            ))}
          </span>
        )}
        <span>
          <span className="visually-hidden">{messages.published} </span>
          <Instant locale={locale} at={publishedAt} format="date-time" />
        </span>
        {updatedAt !== publishedAt && (
          <span>
            {`${messages.updated} `}
            <Instant locale={locale} at={updatedAt} format="date-time" />
          </span>
        )}
      </p>
      <p className="meta">
        {source && (
          <a href={listingPath(locale, { kind: 'source', key: source.key })}>
            {messages.viaSource(source.name)}
          </a>
        )}
        <span>{formatCount(locale, messages.readingTime, minutes)}</span>
        {article.sentiment && (
          <span>
            {messages.sentiment}: {messages.sentiments[article.sentiment].toLowerCase()}
          </span>
        )}
      </p>
    </header>
  )
}
