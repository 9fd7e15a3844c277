import { PageSteps } from '#components/listing/page-steps.tsx'
import { fillIn, formatCountIn, formatNumberIn } from '#lib/i18n/format-in.ts'
import { countConditions, type SearchParams } from '#lib/site/addresses/search-params.ts'
import { searchPath } from '#lib/site/routes.ts'
import type { Findings } from './findings.ts'
import { SearchHits } from './search-hits.tsx'
import type { SearchWords } from './search-words.ts'

/** What was found, or ways on where nothing was. `question` is the one that was answered. */
export function SearchOutcome({
  words,
  question,
  findings,
}: {
  words: SearchWords
  question: SearchParams
  findings: Findings
}) {
  const { locale, finding } = words
  const { articles, suggestion, correctedTo, page, pageCount, coverage } = findings
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
            {fillIn(finding.searchInstead, question.text)}
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
      {articles.length > 0 ? (
        <SearchHits words={words} articles={articles} />
      ) : (
        <div className="empty-listing">
          {coverage !== 'none' && !suggestion && !hasConditions && <p>{words.searchNothingHint}</p>}
          <OtherLanguages words={words} question={question} findings={findings} />
        </div>
      )}
      <PageSteps
        words={words}
        page={page}
        pageCount={pageCount}
        toPath={(number) => searchPath(locale, { ...question, page: number })}
      />
    </>
  )
}

/** How many were found, in a sentence, which screen readers announce as well. */
export function describeOutcome(
  words: SearchWords,
  question: SearchParams,
  findings: Findings,
): string {
  const { finding, languageTag } = words
  const { hitCount, coverage, page, pageCount } = findings
  const toNumber = (number: number) => formatNumberIn(languageTag, number)
  if (coverage === 'none') return finding.busy
  if (hitCount === 0) {
    if (countConditions(question) > 0) return finding.nothingHere
    return question.text ? fillIn(words.searchNothing, question.text) : finding.nothing
  }
  const count =
    coverage === 'newest'
      ? fillIn(finding.manyResults, toNumber(Math.floor(hitCount / 100) * 100))
      : formatCountIn(languageTag, words.searchResults, hitCount)
  if (page === 1) return count
  return `${count} ${fillIn(finding.page, toNumber(page), toNumber(pageCount))}`
}

function OtherLanguages({
  words: { locale, finding, articles, languages, languageTag },
  question,
  findings,
}: {
  words: SearchWords
  question: SearchParams
  findings: Findings
}) {
  return findings.languages
    .filter((one) => one.locale !== question.lang && one.articleCount > 0)
    .map((one) => (
      <p key={one.locale}>
        <a href={searchPath(locale, { ...question, lang: one.locale, page: 1 })}>
          {fillIn(
            finding.inLanguage,
            languages[one.locale]?.languageName ?? one.locale,
            formatCountIn(languageTag, articles, one.articleCount),
          )}
        </a>
      </p>
    ))
}
