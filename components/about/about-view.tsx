import { Fragment } from 'react'
import type { SourceCount } from '#lib/article-index/article-index.ts'
import { formatCount } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import { correctionsPath, listingPath, moodPath, plainPagePath } from '#lib/site/routes.ts'

/**
 * How the paper is made, for people: the way of an article, the publishing principles, the sources,
 * and where to write. `contacts` are `mailto:` or https URIs.
 */
export function AboutView({
  locale,
  sources,
  contacts,
}: {
  locale: Locale
  sources: SourceCount[]
  contacts: string[]
}) {
  const messages = messagesFor(locale)
  const { aboutTitle, aboutIntro, aboutPaper, principles } = messages
  return (
    <article className="article">
      <header className="article-header">
        <h1>{aboutTitle}</h1>
        <p className="standfirst">{aboutIntro}</p>
      </header>
      <div className="prose">
        <h2>{aboutPaper.way}</h2>
        <ol>
          {aboutPaper.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {principles.map(({ title, text }) => (
          <section key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </section>
        ))}
        <h2>{aboutPaper.sources}</h2>
        <Sources locale={locale} sources={sources} />
        <h2>{aboutPaper.contact}</h2>
        {contacts.length > 0 ? (
          <p>
            {`${aboutPaper.contactIntro} `}
            {contacts.map((contact, at) => (
              <Fragment key={contact}>
                {at > 0 && ', '}
                <a href={contact}>{contact.replace(/^mailto:/, '')}</a>
              </Fragment>
            ))}
          </p>
        ) : (
          <p>{aboutPaper.noContact}</p>
        )}
        <h2>{aboutPaper.further}</h2>
        <ul>
          <li>
            <a href={correctionsPath(locale)}>{messages.allCorrections}</a>
          </li>
          <li>
            <a href={moodPath(locale, usualMood({ kind: 'latest' }))}>{messages.mood.title}</a>
          </li>
          <li>
            <a href={plainPagePath(locale, 'feeds')}>{messages.feeds}</a>
          </li>
        </ul>
      </div>
    </article>
  )
}

function Sources({ locale, sources }: { locale: Locale; sources: SourceCount[] }) {
  const { aboutPaper, articles } = messagesFor(locale)
  if (sources.length === 0) return <p>{aboutPaper.noSources}</p>
  return (
    <>
      <p>{aboutPaper.sourcesIntro}</p>
      <ul>
        {sources.map(({ source: { key, name }, articleCount }) => (
          <li key={key}>
            <a href={listingPath(locale, { kind: 'source', key })}>{name}</a>:{' '}
            {formatCount(locale, articles, articleCount)}
          </li>
        ))}
      </ul>
    </>
  )
}
