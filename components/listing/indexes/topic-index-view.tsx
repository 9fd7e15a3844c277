import { Breadcrumbs } from '#components/layout/breadcrumbs.tsx'
import { EmptyListing } from '#components/listing/empty-listing.tsx'
import { toBreadcrumbs } from '#lib/i18n/breadcrumbs.ts'
import { compareNames, formatCount, initialOf } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import './indexes.css'

export type IndexedTopic = { name: string; path: string; articleCount: number }

/** The ones that lead the page, and all there are in one page: beyond them nobody scrolls. */
const leading = 12
const mostShown = 3000

/** All tags or all sources: those with the most articles, then each by its name. */
export function TopicIndexView({
  locale,
  title,
  intro,
  path,
  topics,
}: {
  locale: Locale
  title: string
  intro: string
  path: string
  /** Most articles first. */
  topics: IndexedTopic[]
}) {
  const messages = messagesFor(locale)
  const letters = groupByLetter(locale, topics.slice(0, mostShown))
  const isLong = topics.length > 2 * leading
  return (
    <div className="listing topic-index">
      <header className="listing-header">
        <Breadcrumbs locale={locale} crumbs={toBreadcrumbs(locale, { name: title, path })} />
        <h1>{title}</h1>
        <p>{intro}</p>
      </header>
      {topics.length === 0 && <EmptyListing locale={locale} />}
      {isLong && (
        <section>
          <h2 className="section-title">{messages.mostArticles}</h2>
          <Topics locale={locale} topics={topics.slice(0, leading)} />
        </section>
      )}
      {topics.length > 0 && <h2 className="section-title">{messages.byName}</h2>}
      {isLong && (
        <nav aria-label={messages.byName} className="letter-links">
          {letters.map(([letter], at) => (
            <a key={letter} href={`#_letter-${at}`}>
              {letter === otherLetters ? messages.otherLetters : letter}
            </a>
          ))}
        </nav>
      )}
      {letters.map(([letter, group], at) => (
        <section key={letter} className="letter">
          <h3 id={`_letter-${at}`}>{letter === otherLetters ? messages.otherLetters : letter}</h3>
          <Topics locale={locale} topics={group} />
        </section>
      ))}
    </div>
  )
}

function Topics({ locale, topics }: { locale: Locale; topics: IndexedTopic[] }) {
  return (
    <ul className="counted-links">
      {topics.map(({ name, path, articleCount }) => (
        <li key={path}>
          <a href={path}>{name}</a>
          <span className="meta">
            <span>{formatCount(locale, messagesFor(locale).articles, articleCount)}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What begins with no letter. */
const otherLetters = '#'

function groupByLetter(locale: Locale, topics: IndexedTopic[]): [string, IndexedTopic[]][] {
  const sorted = topics.toSorted((a, b) => compareNames(locale, a.name, b.name))
  const groups = Object.groupBy(sorted, ({ name }) => initialOf(locale, name) ?? otherLetters)
  return Object.entries(groups)
    .map(([letter, group = []]): [string, IndexedTopic[]] => [letter, group])
    .sort(([a], [b]) => compareNames(locale, a, b))
}
