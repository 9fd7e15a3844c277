import type { SearchFacet, SearchResults } from '#lib/article-index/article-index.ts'
import { formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { articleKinds } from '#lib/site/addresses/article-filter.ts'
import {
  countChoices,
  countConditions,
  type SearchParams,
  searchOrders,
} from '#lib/site/addresses/search-params.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'
import './search.css'

/**
 * What a question may be narrowed down by, with how much each choice would find. On a phone the fields
 * are folded away until one of them is set.
 */
export function SearchConditions({
  locale,
  question,
  results: { facets, languages },
  tagName,
}: {
  locale: Locale
  question: SearchParams
  results: SearchResults
  tagName: string
}) {
  const messages = messagesFor(locale)
  const { finding } = messages
  const { filter } = question
  const choiceCount = countChoices(locale, question)
  const any = { value: '', name: finding.any }

  const toCount = (count: number, coverage: SearchFacet['coverage']) => {
    const number = formatNumber(locale, count)
    return ` (${coverage === 'newest' ? finding.atLeast(number) : number})`
  }
  const toChoices = (kind: keyof typeof facets, toName: (name: string) => string) => [
    any,
    ...withChosen(facets[kind].values, filter[kind]).map(({ segment, name, articleCount }) => ({
      value: segment,
      name: `${toName(name)}${toCount(articleCount, facets[kind].coverage)}`,
    })),
  ]
  return (
    <details className="search-fold" open={choiceCount > 0}>
      <summary data-part="conditions-title">
        {finding.conditions}
        {choiceCount > 0 && ` (${formatNumber(locale, choiceCount)})`}
      </summary>
      <fieldset className="search-conditions">
        <legend>{finding.conditions}</legend>
        <Select
          name="category"
          label={messages.category}
          value={filter.category}
          choices={toChoices('category', (name) => formatTopic(locale, name))}
        />
        <Select
          name="source"
          label={messages.source}
          value={filter.source}
          choices={toChoices('source', (name) => name)}
        />
        <Select
          name="sentiment"
          label={messages.sentiment}
          value={filter.sentiment}
          choices={toChoices('sentiment', (name) => toSentiment(locale, name))}
        />
        <Select
          name="kind"
          label={messages.kind}
          value={filter.kind}
          choices={[
            any,
            ...articleKinds.map((kind) => ({ value: kind, name: messages.kinds[kind] })),
          ]}
        />
        <Select
          name="lang"
          label={finding.language}
          value={question.lang}
          usual={locale}
          choices={locales.map((lang) => {
            const counted = languages.find((one) => one.locale === lang)
            const count = counted ? toCount(counted.articleCount, counted.coverage) : ''
            return { value: lang, lang, name: `${messagesFor(lang).languageName}${count}` }
          })}
        />
        <Day name="from" label={finding.from} value={question.from} />
        <Day name="to" label={finding.to} value={question.to} />
        <Select
          name="sort"
          label={finding.order}
          value={question.order}
          usual="relevance"
          choices={searchOrders.map((value) => ({ value, name: finding.orders[value] }))}
        />
        {/* Without a field: set by a link, and taken away by one. */}
        <input type="hidden" name="tag" defaultValue={filter.tag ?? ''} />
      </fieldset>
      <div data-part="conditions-signs">
        <ConditionSigns locale={locale} question={question} tagName={tagName} />
      </div>
    </details>
  )
}

/** The condition that has no field, and ways to be without it and without all of them. */
function ConditionSigns({
  locale,
  question,
  tagName,
}: {
  locale: Locale
  question: SearchParams
  tagName: string
}) {
  const { tag, finding } = messagesFor(locale)
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

/** A choice of one. The empty value, and the `usual` one, are no part of the address. */
function Select({
  name,
  label,
  value = '',
  usual,
  choices,
}: {
  name: string
  label: string
  value: string | undefined
  usual?: string
  choices: { value: string; name: string; lang?: Locale }[]
}) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={value} data-usual={usual}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} lang={choice.lang}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A day of the publication's time zone: `2026-03-01`. */
function Day({
  name,
  label,
  value = '',
}: {
  name: 'from' | 'to'
  label: string
  value: string | undefined
}) {
  return (
    <label>
      {label}
      <input type="date" name={name} defaultValue={value} />
    </label>
  )
}

/** What is chosen stays a choice though nothing is found of it, or before anything was asked. */
function withChosen(values: SearchFacet['values'], chosen: string | undefined) {
  if (chosen === undefined || values.some(({ segment }) => segment === chosen)) return values
  return [...values, { segment: chosen, name: chosen, articleCount: 0 }]
}

function toSentiment(locale: Locale, name: string): string {
  const named = Object.entries(messagesFor(locale).sentiments)
  return named.find(([key]) => key.toLowerCase() === name)?.[1] ?? name
}
