import type { SearchFacet } from '#lib/article-index/article-index.ts'
import { formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { type SearchQuestion, searchOrders } from '#lib/site/search-question.ts'
import type { Findings } from './findings.ts'

type Choice = { value: string; name: string }

/** What a question may be narrowed down by, with how much each choice would find. */
export function SearchConditions({
  locale,
  question,
  findings,
  onChoose,
}: {
  locale: Locale
  question: SearchQuestion
  findings: Findings
  onChoose: (chosen: Partial<SearchQuestion>) => void
}) {
  const { finding, ...messages } = messagesFor(locale)
  const { filter } = question
  const choose = (kind: 'category' | 'source' | 'sentiment') => (value: string) =>
    onChoose({ filter: { ...filter, [kind]: value || undefined } })
  const choices = (facet: SearchFacet, chosen: string | undefined, names: Namer) => [
    { value: '', name: finding.any },
    ...withChosen(facet.values, chosen).map(({ segment, name, articleCount }) => ({
      value: segment,
      name: `${names(name)}${toCount(locale, articleCount, facet.coverage)}`,
    })),
  ]
  const toneOf: Namer = (segment) => tonesOf(locale)[segment] ?? segment
  return (
    <fieldset className="search-conditions">
      <legend>{finding.conditions}</legend>
      <Select
        name="category"
        label={messages.category}
        value={filter.category}
        choices={choices(findings.facets.category, filter.category, (name) =>
          formatTopic(locale, name),
        )}
        onChoose={choose('category')}
      />
      <Select
        name="source"
        label={messages.source}
        value={filter.source}
        choices={choices(findings.facets.source, filter.source, (name) => name)}
        onChoose={choose('source')}
      />
      <Select
        name="sentiment"
        label={messages.sentiment}
        value={filter.sentiment}
        choices={choices(findings.facets.sentiment, filter.sentiment, toneOf)}
        onChoose={choose('sentiment')}
      />
      <Select
        name="lang"
        label={finding.language}
        value={question.lang}
        choices={locales.map((lang) => {
          const counted = findings.languages.find((one) => one.locale === lang)
          const count = counted && toCount(locale, counted.articleCount, counted.coverage)
          return { value: lang, name: `${messagesFor(lang).languageName}${count ?? ''}` }
        })}
        onChoose={(value) => onChoose({ lang: locales.find((lang) => lang === value) ?? locale })}
      />
      <Day name="from" label={finding.from} value={question.from} onChoose={onChoose} />
      <Day name="to" label={finding.to} value={question.to} onChoose={onChoose} />
      <Select
        name="sort"
        label={finding.order}
        value={question.order}
        choices={searchOrders.map((value) => ({ value, name: finding.orders[value] }))}
        onChoose={(value) => onChoose({ order: value === 'newest' ? value : 'relevance' })}
      />
      {filter.tag && <input type="hidden" name="tag" value={filter.tag} />}
    </fieldset>
  )
}

type Namer = (name: string) => string

function Select({
  name,
  label,
  value = '',
  choices,
  onChoose,
}: {
  name: string
  label: string
  value: string | undefined
  choices: Choice[]
  onChoose: (value: string) => void
}) {
  return (
    <label>
      {label}
      <select name={name} value={value} onChange={({ target }) => onChoose(target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  )
}

function Day({
  name,
  label,
  value = '',
  onChoose,
}: {
  name: 'from' | 'to'
  label: string
  value: string | undefined
  onChoose: (chosen: Partial<SearchQuestion>) => void
}) {
  return (
    <label>
      {label}
      <input
        type="date"
        name={name}
        value={value}
        onChange={({ target }) => onChoose({ [name]: target.value || undefined })}
      />
    </label>
  )
}

/** What is chosen stays a choice though nothing is found of it, or before anything was asked. */
function withChosen(values: SearchFacet['values'], chosen: string | undefined) {
  if (chosen === undefined || values.some(({ segment }) => segment === chosen)) return values
  return [...values, { segment: chosen, name: chosen, articleCount: 0 }]
}

function toCount(locale: Locale, count: number, coverage: SearchFacet['coverage']) {
  const number = formatNumber(locale, count)
  const { finding } = messagesFor(locale)
  return ` (${coverage === 'newest' ? finding.atLeast(number) : number})`
}

function tonesOf(locale: Locale): Record<string, string> {
  const named = Object.entries(messagesFor(locale).sentiments)
  return Object.fromEntries(named.map(([key, name]) => [key.toLowerCase(), name]))
}
