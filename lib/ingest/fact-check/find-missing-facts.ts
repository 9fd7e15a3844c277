import { listMentions } from '#lib/site/names.ts'
import { listDates } from './lists/list-dates.ts'
import { listFigures } from './lists/list-figures.ts'
import { listNames } from './lists/list-names.ts'
import { type FoundNumber, listNumbers } from './lists/list-numbers.ts'
import { listQuotations, splitQuotation } from './lists/list-quotations.ts'
import { listNameKeys } from './name-key.ts'
import { listForms, type SourceFacts } from './source-facts.ts'

/** A fact of a text that does not stand in what it was made from. */
export type MissingFact = {
  kind: 'number' | 'date' | 'ticker' | 'name' | 'quotation'
  text: string
}

/**
 * The numbers, dates, tickers, names and quotations of a text that do not stand in the base. With
 * `isTranslation` names are compared by sound, and quotations by their number: their words are others.
 */
export function findMissingFacts(
  text: string,
  base: SourceFacts,
  { isTranslation }: { isTranslation: boolean },
): MissingFact[] {
  const found: MissingFact[] = [
    ...listNumbers(text)
      .filter((number) => !isNumberThere(number, base))
      .map((number) => ({ kind: 'number' as const, text: number.text })),
    ...listFigures(text)
      .filter(({ pattern }) => !pattern.test(base.plain))
      .map((figure) => ({ kind: 'number' as const, text: figure.text })),
    ...listDates(text)
      .filter(({ key }) => !base.dates.has(key))
      .map((date) => ({ kind: 'date' as const, text: date.text })),
    ...findMissingNames(text, base, isTranslation),
    ...(isTranslation ? [] : findMissingQuotations(text, base)),
  ]
  const seen = new Set<string>()
  return found.filter((fact) => {
    const key = fact.text.toLowerCase()
    const isNews = !seen.has(key)
    seen.add(key)
    return isNews
  })
}

function isNumberThere({ value, unit }: FoundNumber, { numbers }: SourceFacts): boolean {
  return numbers.some((there) => {
    const isSame = Math.abs(there.value - value) <= Math.abs(value) * 1e-9
    return isSame && (unit === undefined || unit === there.unit)
  })
}

function findMissingNames(text: string, base: SourceFacts, isTranslation: boolean): MissingFact[] {
  return listNames(text)
    .filter(({ text: name, kind }) => {
      return !isNameThere(name, base, isTranslation && kind !== 'ticker')
    })
    .map(({ text: name, kind }) => ({ kind, text: name }))
}

function isNameThere(name: string, base: SourceFacts, isTranslation: boolean): boolean {
  const forms = listForms(name.replace(/^\$/, ''))
  if (forms.some((form) => isWordThere(form.toLowerCase(), base))) return true
  if (listMentions(name).some(({ entity }) => base.entities.has(entity.key))) return true
  const isForeign = /[\u0400-\u04FF]/u.test(name)
  if (!isTranslation && !isForeign) return false
  return forms.some((form) => isSoundThere(form, base))
}

const cyrillic = /^[\u0400-\u04FF’'ʼ-]+$/u

/** The word itself, its plural, the adjective of a country; in Ukrainian any case of it. */
function isWordThere(word: string, { words }: SourceFacts): boolean {
  if (words.has(word)) return true
  if (cyrillic.test(word)) {
    const stem = word.slice(0, Math.max(3, word.length - 3))
    return word.length > 3 && [...words].some((there) => isSameCyrillic(there, word, stem))
  }
  if (words.has(word.replace(/e?s$/, '')) || words.has(`${word}s`)) return true
  const stem = word.replace(/(?:ns?|ans?|ese|ish|is)$/, '')
  return stem.length >= 4 && stem !== word && (words.has(stem) || words.has(`${stem}a`))
}

function isSameCyrillic(there: string, word: string, stem: string): boolean {
  return cyrillic.test(there) && there.startsWith(stem) && Math.abs(there.length - word.length) <= 3
}

function isSoundThere(form: string, { nameKeys }: SourceFacts): boolean {
  const keys = [
    form,
    form.replace(/(?:ом|ем|єм|ою|ею|ові|еві|ого|ому|им|их|ій|у|а|и|і|ю|я|е)$/u, ''),
  ]
    .flatMap(listNameKeys)
    .filter((key) => key !== '')
  if (keys.some((key) => nameKeys.has(key))) return true
  return keys.some((key) => key.length >= 3 && [...nameKeys].some((there) => areClose(key, there)))
}

/** One sound is another, missing or too many. */
function areClose(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  return Math.max(a.length, b.length) - start - end <= 1
}

function findMissingQuotations(text: string, base: SourceFacts): MissingFact[] {
  return listQuotations(text)
    .filter((quotation) =>
      splitQuotation(quotation).some((piece) => !base.plain.includes(` ${piece} `)),
    )
    .map((quotation) => ({ kind: 'quotation', text: quotation }))
}
