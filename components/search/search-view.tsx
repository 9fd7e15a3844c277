import type { SearchResults, Topic } from '#lib/article-index/article-index.ts'
import { formatCount, formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import {
  countConditions,
  hasSearchTerms,
  type SearchParams,
} from '#lib/site/addresses/search-params.ts'
import type { Locale } from '#lib/site/locales.ts'
import { listingPath, plainPagePath, searchPath } from '#lib/site/routes.ts'
import { SearchConditions } from './search-conditions.tsx'
import { SearchField } from './search-field.tsx'
import { SearchOutcome } from './search-outcome.tsx'
import './search.css'

/**
 * The search page: the form, and what it found. Before a question `results` are of everything, and
 * only their counts are shown. `tagName` is the tag in the question as articles write it.
 *
 * The form works by itself. While it is filled in, `live-search.browser.ts` fetches the page of each
 * question and takes over the parts that have a `data-part`.
 */
export function SearchView({
  locale,
  question,
  results,
  sections,
  tags,
  tagName = question.filter.tag ?? '',
}: {
  locale: Locale
  question: SearchParams
  results: SearchResults
  sections: Topic[]
  tags: Topic[]
  tagName: string | undefined
}) {
  const messages = messagesFor(locale)
  const isAnswering = hasSearchTerms(question)
  return (
    <div className="listing search" data-unreachable={messages.finding.unreachable}>
      <header className="listing-header">
        <h1>{messages.search}</h1>
      </header>
      <search>
        <form action={searchPath(locale)} method="get" className="search-form">
          <SearchField words={messages} hint={messages.finding.keysHint} text={question.text} />
          <SearchConditions
            locale={locale}
            question={question}
            results={results}
            tagName={formatTopic(locale, tagName)}
          />
        </form>
      </search>
      <p role="status" tabIndex={-1} className="search-status" data-part="status">
        {isAnswering && describeOutcome(locale, question, results)}
      </p>
      <div data-part="outcome">
        {isAnswering ? (
          <SearchOutcome locale={locale} question={question} results={results} />
        ) : (
          <div className="search-overview">
            <TopicLinks
              locale={locale}
              kind="category"
              title={messages.sections}
              topics={sections}
            />
            <TopicLinks locale={locale} kind="tag" title={messages.finding.topics} topics={tags} />
            <p>
              <a href={plainPagePath(locale, 'tags')} className="more-link">
                {messages.allTags}
              </a>
            </p>
          </div>
        )}
      </div>
    </div>
  )
}

/** How many were found, in a sentence, which screen readers announce as well. */
function describeOutcome(
  locale: Locale,
  question: SearchParams,
  { hitCount, coverage, page, pageCount }: SearchResults,
): string {
  const { finding, searchNothing, searchResults } = messagesFor(locale)
  if (coverage === 'none') return finding.busy
  if (hitCount === 0) {
    if (countConditions(question) > 0) return finding.nothingHere
    return question.text ? searchNothing(question.text) : finding.nothing
  }
  const count =
    coverage === 'newest'
      ? finding.manyResults(formatNumber(locale, Math.floor(hitCount / 100) * 100))
      : formatCount(locale, searchResults, hitCount)
  if (page === 1) return count
  return `${count} ${finding.page(formatNumber(locale, page), formatNumber(locale, pageCount))}`
}

function TopicLinks({
  locale,
  kind,
  title,
  topics,
}: {
  locale: Locale
  kind: 'category' | 'tag'
  title: string
  topics: Topic[]
}) {
  if (topics.length === 0) return undefined
  return (
    <section>
      <h2 className="section-title">{title}</h2>
      <ul className="topic-list">
        {topics.map(({ name, segment }) => (
          <li key={segment}>
            <a href={listingPath(locale, { kind, segment })}>{formatTopic(locale, name)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
