import { useState } from 'react'
import type { SearchFacet } from '#lib/article-index/article-index.ts'
import { fillIn, formatNumberIn, formatTopicIn } from '#lib/i18n/format-in.ts'
import { articleKinds } from '#lib/site/addresses/article-filter.ts'
import { countChoices, type SearchParams, searchOrders } from '#lib/site/addresses/search-params.ts'
import { locales } from '#lib/site/locales.ts'
import { Day, Select } from './condition-fields.tsx'
import { ConditionSigns } from './condition-signs.tsx'
import type { Findings } from './findings.ts'
import type { SearchWords } from './search-words.ts'

type Kind = 'category' | 'source' | 'sentiment'

/**
 * What a question may be narrowed down by, with how much each choice would find. On a phone the fields
 * are folded away until one of them is set; what was opened is never closed under the reader's hands.
 */
export function SearchConditions({
  words,
  question,
  findings,
  tagName,
  onChoose,
}: {
  words: SearchWords
  question: SearchParams
  findings: Findings
  tagName: string
  onChoose: (chosen: Partial<SearchParams>) => void
}) {
  const { locale, finding, languages } = words
  const { filter } = question
  const choiceCount = countChoices(locale, question)
  const [isOpen, setOpen] = useState(choiceCount > 0)
  if (choiceCount > 0 && !isOpen) setOpen(true)

  const narrow = (kind: Kind, label: string, toName: (name: string) => string) => (
    <Select
      name={kind}
      label={label}
      value={filter[kind]}
      choices={[
        { value: '', name: finding.any },
        ...withChosen(findings.facets[kind].values, filter[kind]).map((value) => ({
          value: value.segment,
          name: `${toName(value.name)}${toCount(words, value.articleCount, findings.facets[kind].coverage)}`,
        })),
      ]}
      onChoose={(value) => onChoose({ filter: { ...filter, [kind]: value || undefined } })}
    />
  )
  return (
    <details className="search-fold" open={isOpen}>
      <summary>
        {finding.conditions}
        {choiceCount > 0 && ` (${formatNumberIn(words.languageTag, choiceCount)})`}
      </summary>
      <fieldset className="search-conditions">
        <legend>{finding.conditions}</legend>
        {narrow('category', words.category, (name) =>
          formatTopicIn(languages[locale]?.topicNames ?? {}, name),
        )}
        {narrow('source', words.source, (name) => name)}
        {narrow('sentiment', words.sentiment, (name) => tonesOf(words)[name] ?? name)}
        <Select
          name="kind"
          label={words.kind}
          value={filter.kind}
          choices={[
            { value: '', name: finding.any },
            ...articleKinds.map((kind) => ({ value: kind, name: words.kinds[kind] })),
          ]}
          onChoose={(kind) => onChoose({ filter: { ...filter, kind: kind || undefined } })}
        />
        <Select
          name="lang"
          label={finding.language}
          value={question.lang}
          choices={locales.map((lang) => {
            const counted = findings.languages.find((one) => one.locale === lang)
            const count = counted && toCount(words, counted.articleCount, counted.coverage)
            return { value: lang, name: `${languages[lang]?.languageName ?? lang}${count ?? ''}` }
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
      <ConditionSigns words={words} question={question} tagName={tagName} />
    </details>
  )
}

/** What is chosen stays a choice though nothing is found of it, or before anything was asked. */
function withChosen(values: SearchFacet['values'], chosen: string | undefined) {
  if (chosen === undefined || values.some(({ segment }) => segment === chosen)) return values
  return [...values, { segment: chosen, name: chosen, articleCount: 0 }]
}

function toCount(
  { finding, languageTag }: SearchWords,
  count: number,
  coverage: SearchFacet['coverage'],
): string {
  const number = formatNumberIn(languageTag, count)
  return ` (${coverage === 'newest' ? fillIn(finding.atLeast, number) : number})`
}

function tonesOf({ sentiments }: SearchWords): Record<string, string> {
  const named = Object.entries(sentiments)
  return Object.fromEntries(named.map(([key, name]) => [key.toLowerCase(), name]))
}
