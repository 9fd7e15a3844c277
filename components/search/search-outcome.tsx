import { PageLinks } from '#components/listing/page-links.tsx'
import { formatCount, formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'
import { countConditions, type SearchQuestion } from '#lib/site/search-question.ts'
import type { Findings } from './findings.ts'
import { SearchHits } from './search-hits.tsx'

/** What was found, or ways on where nothing was. `question` is the one that was answered. */
export function SearchOutcome({
  locale,
  question,
  findings,
}: {
  locale: Locale
  question: SearchQuestion
  findings: Findings
}) {
  const { finding, searchNothingHint } = messagesFor(locale)
  const { articles, suggestion, page, pageCount, coverage } = findings
  const hasConditions = countConditions(question) > 0
  return (
    <>
      {suggestion && (
        <p className="search-suggestion">
          {finding.didYouMean}{' '}
          <a href={searchPath(locale, { ...question, text: suggestion, page: 1 })}>{suggestion}</a>?
        </p>
      )}
      {articles.length > 0 ? (
        <SearchHits locale={locale} articles={articles} />
      ) : (
        <div className="empty-listing">
          {coverage !== 'none' && !suggestion && !hasConditions && <p>{searchNothingHint}</p>}
          <OtherLanguages locale={locale} question={question} findings={findings} />
        </div>
      )}
      {hasConditions && (
        <p className="search-clear">
          <a href={searchPath(locale, { text: question.text, lang: question.lang })}>
            {finding.clear}
          </a>
        </p>
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

/** How many were found, in a sentence: what screen readers are told as well. */
export function describeOutcome(
  locale: Locale,
  question: SearchQuestion,
  findings: Findings,
): string {
  const messages = messagesFor(locale)
  const { finding } = messages
  const { hitCount, coverage, page, pageCount } = findings
  if (coverage === 'none') return finding.busy
  if (hitCount === 0) {
    if (countConditions(question) > 0) return finding.nothingHere
    return question.text ? messages.searchNothing(question.text) : finding.nothing
  }
  const count =
    coverage === 'newest'
      ? finding.manyResults(formatNumber(locale, Math.floor(hitCount / 100) * 100))
      : formatCount(locale, messages.searchResults, hitCount)
  if (page === 1) return count
  const place = messages.pageOf(formatNumber(locale, page), formatNumber(locale, pageCount))
  return `${count} ${finding.page(place)}`
}

function OtherLanguages({
  locale,
  question,
  findings,
}: {
  locale: Locale
  question: SearchQuestion
  findings: Findings
}) {
  const { finding, articles } = messagesFor(locale)
  return findings.languages
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
