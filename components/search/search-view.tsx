import { PageLinks } from '#components/listing/page-links.tsx'
import { Instant } from '#components/text/instant.tsx'
import type { SearchHit, SearchResults, Topic } from '#lib/article-index/article-index.ts'
import { formatCount } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath, listingPath, searchPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { Highlighted } from './highlighted.tsx'
import { SearchForm } from './search-form.tsx'

/** The search page: the form, and what it found. `results` is undefined before a question. */
export function SearchView({
  locale,
  text,
  results,
  sections,
}: {
  locale: Locale
  text: string
  results: SearchResults | undefined
  sections: Topic[]
}) {
  const messages = messagesFor(locale)
  const hasHits = results !== undefined && results.hits.length > 0
  return (
    <div className="listing">
      <header className="listing-header">
        <h1>{text ? messages.searchResultsFor(text) : messages.search}</h1>
        {hasHits && (
          <p className="meta">
            <span>{formatCount(locale, messages.searchResults, results.hitCount)}</span>
          </p>
        )}
      </header>
      <SearchForm locale={locale} text={text} />
      {hasHits ? (
        <ol className="search-hits">
          {results.hits.map((hit) => (
            <li key={hit.article.slug}>
              <Hit hit={hit} />
            </li>
          ))}
        </ol>
      ) : (
        <NothingFound locale={locale} text={text} sections={sections} />
      )}
      {results && (
        <PageLinks
          locale={locale}
          page={results.page}
          pageCount={results.pageCount}
          toPath={(number) => searchPath(locale, text, number)}
        />
      )}
    </div>
  )
}

function Hit({ hit: { article, title, excerpt } }: { hit: SearchHit }) {
  const { locale, slug, category, publishedAt } = article
  return (
    <article className="teaser teaser-hit">
      <h2 className="teaser-title">
        <a href={articlePath(locale, slug)}>
          <Highlighted text={title} />
        </a>
      </h2>
      <p className="teaser-standfirst">
        <Highlighted text={excerpt} />
      </p>
      <p className="meta">
        <a href={listingPath(locale, { kind: 'category', segment: toSegment(category) })}>
          {formatTopic(locale, category)}
        </a>
        <Instant locale={locale} at={publishedAt} format="date" />
      </p>
    </article>
  )
}

function NothingFound({
  locale,
  text,
  sections,
}: {
  locale: Locale
  text: string
  sections: Topic[]
}) {
  const messages = messagesFor(locale)
  return (
    <>
      {text && (
        <div className="empty-listing" role="status">
          <p className="empty-listing-title">{messages.searchNothing(text)}</p>
          <p>{messages.searchNothingHint}</p>
        </div>
      )}
      <ul className="topic-list" aria-label={messages.sections}>
        {sections.map(({ name, segment }) => (
          <li key={segment}>
            <a href={listingPath(locale, { kind: 'category', segment })}>
              {formatTopic(locale, name)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
