import { Fragment, type ReactNode } from 'react'
import { Prose } from '#components/article/prose.tsx'
import type { SourceCount } from '#lib/article-index/article-index.ts'
import type { EditorPage } from '#lib/content/article.ts'
import { formatCount } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import { usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { ReviewPolicy } from '#lib/site/review-policy.ts'
import { correctionsPath, listingPath, moodPath, plainPagePath } from '#lib/site/routes.ts'
import '#components/article/article.css'

/** A page that an editor wrote; `html` is its body, `children` follow it. */
export function EditorPageView({
  page: { locale, title, description },
  html,
  children,
}: {
  page: EditorPage
  html: string
  children?: ReactNode
}) {
  return (
    <article className="article">
      <header className="article-header">
        <h1>{typeset(locale, title)}</h1>
        {description && <p className="standfirst">{typeset(locale, description)}</p>}
      </header>
      <Prose html={html}>{children}</Prose>
    </article>
  )
}

/**
 * What the page about the publication shows that no file can know: the sources, where to write, and what to
 * read next. `contacts` are `mailto:` or https URIs.
 */
export function AboutSections({
  locale,
  sources,
  contacts,
  policy,
}: {
  locale: Locale
  sources: SourceCount[]
  contacts: string[]
  /** Undefined where no stories come from sources. */
  policy: ReviewPolicy | undefined
}) {
  const messages = messagesFor(locale)
  const { aboutPaper } = messages
  return (
    <>
      <h2>{aboutPaper.sources}</h2>
      <Sources locale={locale} sources={sources} />
      {policy && (
        <>
          <h2>{aboutPaper.review}</h2>
          <p>{formatPolicy(locale, policy)}</p>
        </>
      )}
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
    </>
  )
}

function formatPolicy(locale: Locale, { sources }: ReviewPolicy): string {
  const { reviewAll, reviewNone, reviewSome } = messagesFor(locale).aboutPaper
  if (sources === 'all') return reviewAll
  return sources === 'none' ? reviewNone : reviewSome(sources.join(', '))
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
