import { PageLinks } from '#components/listing/page-links.tsx'
import type { SearchResults } from '#lib/article-index/article-index.ts'
import { formatCount } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { countConditions, type SearchParams } from '#lib/site/addresses/search-params.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'
import { SearchHits } from './search-hits.tsx'
import './search.css'

/** What was found, or ways on where nothing was. */
export function SearchOutcome({
  locale,
  question,
  results,
}: {
  locale: Locale
  question: SearchParams
  results: SearchResults
}) {
  const messages = messagesFor(locale)
  const { finding } = messages
  const { hits, suggestion, correctedTo, page, pageCount, coverage } = results
  const hasConditions = countConditions(question) > 0
  return (
    <>
      {correctedTo && (
        <p className="search-suggestion">
          {`${finding.showingFor} `}
          <a href={searchPath(locale, { ...question, text: correctedTo, isExact: false, page: 1 })}>
            {correctedTo}
          </a>
          {'. '}
          <a href={searchPath(locale, { ...question, isExact: true, page: 1 })}>
            {finding.searchInstead(question.text)}
          </a>
        </p>
      )}
      {suggestion && (
        <p className="search-suggestion">
          {`${finding.didYouMean} `}
          <a href={searchPath(locale, { ...question, text: suggestion, isExact: false, page: 1 })}>
            {suggestion}
          </a>
          ?
        </p>
      )}
      {hits.length > 0 ? (
        <SearchHits locale={locale} hits={hits} />
      ) : (
        <div className="empty-listing">
          {coverage !== 'none' && !suggestion && !hasConditions && (
            <p>{messages.searchNothingHint}</p>
          )}
          <OtherLanguages locale={locale} question={question} results={results} />
        </div>
      )}
      <PageLinks
        locale={locale}
        page={page}
        pageCount={pageCount}
        toPath={(number) => searchPath(locale, { ...question, page: number })}
      />
    </>
  )
}

function OtherLanguages({
  locale,
  question,
  results,
}: {
  locale: Locale
  question: SearchParams
  results: SearchResults
}) {
  const { finding, articles } = messagesFor(locale)
  return results.languages
    .filter((one) => one.locale !== question.lang && one.articleCount > 0)
    .map((one) => (
      <p key={one.locale}>
        <a href={searchPath(locale, { ...question, lang: one.locale, page: 1 })}>
          {finding.inLanguage(
            messagesFor(one.locale).languageName,
            formatCount(locale, articles, one.articleCount),
          )}
        </a>
      </p>
    ))
}
