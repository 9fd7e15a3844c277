import { countConditions, type SearchParams } from '#lib/site/addresses/search-params.ts'
import { searchPath } from '#lib/site/routes.ts'
import type { SearchWords } from './search-words.ts'

/** The condition that has no field, and ways to be without it and without all of them. */
export function ConditionSigns({
  words: { locale, tag, finding },
  question,
  tagName,
}: {
  words: SearchWords
  question: SearchParams
  tagName: string
}) {
  const { text, lang, filter } = question
  if (countConditions(question) === 0) return undefined
  const untagged = { ...question, filter: { ...filter, tag: undefined }, page: 1 }
  return (
    <p className="search-signs">
      {filter.tag && (
        <a
          href={searchPath(locale, untagged)}
          className="search-sign"
          aria-label={`${tag}: ${tagName}, ${finding.drop}`}
        >
          {tag}: <b>{tagName}</b>
          <span aria-hidden="true">×</span>
        </a>
      )}
      <a href={searchPath(locale, { text, lang })}>{finding.clear}</a>
    </p>
  )
}
