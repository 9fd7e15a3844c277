import { cyrillicStems } from '#lib/article-index/search/word-stems.ts'
import { type EntityKind, findTypedName, listMentions, type NamedEntity } from '#lib/site/names.ts'
import { listDates } from '../fact-check/list-dates.ts'
import { listNumbers } from '../fact-check/list-numbers.ts'
import { toNameKey } from '../fact-check/name-key.ts'
import { type EventState, toEventState, withoutBackground } from './event-state.ts'
import { coins, findEventWord, stopWords, weakWords } from './event-words.ts'

/** Words with their weights, and the square root of the sum of the squares. */
export type Weights = { words: Map<string, number>; norm: number }

/** What an event is compared by. */
export type EventFeatures = {
  language: string
  /** For a story in the same language: words by their stems. */
  sameLanguage: Weights
  /** For a story in another language: names by their sound, words of the event table, amounts. */
  crossLanguage: Weights
  /**
   * Names by their sound, with words that have a capital because they begin a sentence. They confirm a
   * name of another story; alone they are none.
   */
  possibleNames: Set<string>
  /** Words by which candidates are looked up, of both kinds. */
  distinctive: Set<string>
  /** Who the headline begins with, where it names somebody. */
  actor: string | undefined
  titleNames: Set<string>
  /** The headline without names, by stems and words of the event table. */
  titleActions: Set<string>
  /** Amounts, by what `areAmountsNear` compares. */
  titleNumbers: Set<number>
  numbers: Set<number>
  /** Of `numbers`, those that do not stand in the background. */
  newAmounts: Set<number>
  titleCoins: Set<string>
  /** Names of the headline by their sound, and its words of the event table: for another language. */
  titleSounds: Set<string>
  titleEvents: Set<string>
  /** Ordinary words of the headline, by stems. */
  titleTopics: Set<string>
  /** What looks like the ticker of something that the list of names does not have. */
  titleTickers: Set<string>
  tickers: Set<string>
  state: EventState
  /** Assets, organisations and people of the list of names: in the headline, and anywhere. */
  titleParties: Set<string>
  parties: Set<string>
  titlePlaces: Set<string>
  places: Set<string>
  /** The words of the headline with their weights, as in `sameLanguage` and `crossLanguage`. */
  titleWords: { sameLanguage: Map<string, number>; crossLanguage: Map<string, number> }
  /** Months and days of the headline, as `listDates` has them. */
  titleMonths: Set<string>
  titleDays: Set<string>
  /** Amounts by their unit, in the headline and anywhere; `times` for multiples. */
  titleAmounts: Map<string, Set<number>>
  amounts: Map<string, Set<number>>
  /** The first sentences as letters and digits. */
  leadText: string
}

/** In characters, several times what news has. */
const maxTitleLength = 500
const maxLeadLength = 2000

const titleFactor = 2.2
const nameWeight = 1.7
const numberWeight = 1.5
/** Where it happened says little about what. */
const placeWeight = 0.6
const weakWeight = 0.25

/** The features of a story, from its title and lead. */
export function toEventFeatures(written: {
  title: string
  lead: string
  language: string
}): EventFeatures {
  const title = written.title.slice(0, maxTitleLength)
  const text = { ...written, title, lead: written.lead.slice(0, maxLeadLength) }
  const inTitle = listWords(text.title)
  const inLead = listWords(text.lead)
  const capitals = new Set(inLead.filter(({ isName }) => isName).map(({ stem }) => stem))
  if (isTitleCase(text.title)) {
    // Every word has a capital here; names are those that also have one in the lead.
    for (const word of inTitle) word.isName = capitals.has(word.stem) || word.isAcronym
  }
  // Who reports it is no party to it.
  const news = text.title.replace(attribution, '')
  const sameLanguage = new Map<string, number>()
  const crossLanguage = new Map<string, number>()
  const distinctive = new Set<string>()
  const possibleNames = new Set<string>()
  const titleWords = {
    sameLanguage: new Map<string, number>(),
    crossLanguage: new Map<string, number>(),
  }
  for (const [words, factor] of [
    [inTitle, titleFactor],
    [inLead, 1],
  ] as const) {
    for (const { stem, sound, isName, isCapital, isPlace, event } of words) {
      const isWeak = weakWords.has(event?.word ?? stem) || weakWords.has(stem)
      if (isCapital && !isWeak && !event && sound.length > 1) possibleNames.add(`~${sound}`)
      const weight =
        (isWeak ? weakWeight : isPlace ? placeWeight : isName ? nameWeight : 1) * factor
      keepLarger(sameLanguage, event?.word ?? stem, weight)
      if (event) keepLarger(crossLanguage, event.word, weight)
      else if (isName && sound.length > 1) keepLarger(crossLanguage, `~${sound}`, weight)
      if (words === inTitle) {
        keepLarger(titleWords.sameLanguage, event?.word ?? stem, weight)
        if (event) keepLarger(titleWords.crossLanguage, event.word, weight)
        else if (isName && sound.length > 1)
          keepLarger(titleWords.crossLanguage, `~${sound}`, weight)
      }
      if (isWeak) continue
      distinctive.add(event?.word ?? stem)
      if (isName && !event) distinctive.add(`~${sound}`)
    }
  }
  const titleNumbers = listAmounts(text.title)
  const numbers = new Set([...titleNumbers, ...listAmounts(text.lead)])
  for (const number of numbers) {
    const amount = `#${Number(number.toPrecision(2))}`
    const weight = numberWeight * (titleNumbers.has(number) ? titleFactor : 1)
    keepLarger(sameLanguage, amount, weight)
    keepLarger(crossLanguage, amount, weight)
    distinctive.add(amount)
  }
  const titleNames = inTitle
    .filter(({ isName, event, stem }) => isName && !event && !weakWords.has(stem))
    .map(({ stem }) => stem)
  const dates = listDates(text.title).named.map(({ key }) => key)
  const [first] = inTitle
  const isNamed = (stem: string) => capitals.has(stem) || titleNames.includes(stem)
  return {
    language: text.language,
    actor: first && !first.event && isNamed(first.stem) ? first.stem : titleNames[0],
    sameLanguage: { words: sameLanguage, norm: toNorm(sameLanguage) },
    crossLanguage: { words: crossLanguage, norm: toNorm(crossLanguage) },
    possibleNames,
    distinctive,
    titleNames: new Set(titleNames),
    titleActions: new Set(
      inTitle
        .map(({ stem, event }) => event?.word ?? stem)
        .filter((word) => !titleNames.includes(word) && !weakWords.has(word)),
    ),
    titleNumbers,
    numbers,
    newAmounts: listAmounts(withoutBackground(`${text.title}\n${text.lead}`)),
    titleCoins: new Set(
      inTitle.flatMap(({ event }) => (event && coins.has(event.word) ? [event.word] : [])),
    ),
    titleSounds: new Set(
      inTitle
        .filter(({ at }) => at < news.length)
        .filter(
          ({ isName, event, stem, sound }) =>
            isName && !event && !weakWords.has(stem) && sound.length > 2,
        )
        .map(({ sound }) => `~${sound}`),
    ),
    titleEvents: new Set(
      inTitle.flatMap(({ event }) => (event && !weakWords.has(event.word) ? [event.word] : [])),
    ),
    titleTopics: new Set(
      inTitle
        .filter(({ isName, event, stem }) => !isName && !event && !weakWords.has(stem))
        .map(({ stem }) => stem),
    ),
    titleTickers: listTickers(text.title),
    tickers: listTickers(`${text.title}\n${text.lead}`),
    state: toEventState(text),
    titleParties: listParties(news),
    parties: new Set([...listParties(`${text.title}\n${text.lead}`), ...possibleNames]),
    titlePlaces: listPlaces(text.title),
    places: listPlaces(`${text.title}\n${text.lead}`),
    titleWords,
    titleMonths: new Set(dates.filter((key) => key.startsWith('m'))),
    titleDays: new Set(dates.filter((key) => /^\d/.test(key))),
    titleAmounts: listAmountsByUnit(text.title),
    amounts: listAmountsByUnit(`${text.title}\n${text.lead}`),
    leadText: text.lead.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' '),
  }
}

function keepLarger(words: Map<string, number>, word: string, weight: number): void {
  words.set(word, Math.max(words.get(word) ?? 0, weight))
}

function toNorm(words: Map<string, number>): number {
  let squares = 0
  for (const weight of words.values()) squares += weight * weight
  return Math.sqrt(squares)
}

/** `…, PeckShield says`, `… — PeckShield`. */
const attribution =
  /(?:, \p{Lu}[^,]{1,30} (?:says?|said|reports?|shows?|повідомля[єю]\p{L}*|повідоми\p{L}+|каже|кажуть)| [—–-] \p{Lu}[\p{L}&]+(?: \p{Lu}\p{L}+)?)$/u

type Word = {
  at: number
  stem: string
  sound: string
  isName: boolean
  isCapital: boolean
  isAcronym: boolean
  isPlace: boolean
  event: ReturnType<typeof findEventWord>
}

/** A name of the list is one word, the same in both languages. Coins are in the event table. */
const scenes = new Set(['organisation', 'person', 'asset', 'place'])

function listWords(text: string): Word[] {
  const mentions = listMentions(text).filter(
    ({ entity }) =>
      scenes.has(entity.kind) && !currencies.has(entity.key) && !coins.has(entity.key),
  )
  return [...text.matchAll(/\p{L}[\p{L}\p{M}\p{N}’'ʼ&-]*/gu)].flatMap((match): Word[] => {
    const written = match[0].replace(/[’'ʼ]s$|[’'ʼ&-]+$/gu, '')
    if (written.length < 2 || stopWords.has(written.toLowerCase())) return []
    const named = mentions.find(
      ({ at, text: name }) => at <= match.index && match.index < at + name.length,
    )
    if (named) {
      if (named.at !== match.index) return []
      const { entity } = named
      const surname = toSurname(entity, named.text)
      const name = `@${entity.key}`
      return [
        {
          at: match.index,
          stem: surname ? toStem(surname) : name,
          sound: surname ? toNameKey(toSurname(entity) ?? '') : name,
          isName: true,
          isCapital: true,
          isAcronym: true,
          isPlace: entity.kind === 'place',
          event: undefined,
        },
      ]
    }
    const stem = toStem(written)
    const isAcronym = /\p{Lu}.*\p{Lu}/u.test(written)
    const isInside =
      match.index > 0 && !/[.!?:]\s+$/.test(text.slice(Math.max(0, match.index - 20), match.index))
    const isCapital = /^\p{Lu}/u.test(written)
    const isName = isCapital && (isInside || isAcronym)
    const sound = toNameKey(/[\u0400-\u04FF]/u.test(written) ? stem : written)
    const event = findEventWord(stem)
    return [{ at: match.index, stem, sound, isName, isCapital, isAcronym, isPlace: false, event }]
  })
}

/** People are known by the last word of their names: `Roman Storm` is `Storm` in the next report. */
function toSurname({ kind, names }: NamedEntity, written = ''): string | undefined {
  if (kind !== 'person') return undefined
  const name = /[\u0400-\u04FF]/u.test(written) ? names.uk : names.en
  return name?.split(' ').at(-1)
}

/** One ending less. */
function toStem(word: string): string {
  const lower = word.toLowerCase()
  if (/[а-яєіїґ]/.test(lower)) return cyrillicStems(lower)[0] ?? lower
  return lower
    .replace(/[’']s$/, '')
    .replace(/(ies|ied)$/, 'y')
    .replace(/(?<=.{2}[^s])(ing|ed|es|s)$/, '')
    .replace(/(?<=.{3})e$/, '')
}

function isTitleCase(title: string): boolean {
  const words = title.match(/\p{L}{4,}/gu) ?? []
  return words.length > 2 && words.filter((one) => /^\p{Lu}/u.test(one)).length > words.length * 0.7
}

/** Amounts that distinguish events: no years, no small counts. */
function listAmounts(text: string): Set<number> {
  return new Set(
    listNumbers(text)
      .filter(({ value, unit }) => unit !== undefined || value >= 13)
      .filter(({ value, unit }) => unit !== undefined || value < 2000 || value > 2100)
      .map(({ value }) => value),
  )
}

function listAmountsByUnit(text: string): Map<string, Set<number>> {
  const byUnit = new Map<string, Set<number>>()
  for (const { value, unit = '', isMultiple } of listNumbers(text)) {
    const kind = isMultiple ? 'times' : unit
    if (kind !== '') byUnit.set(kind, (byUnit.get(kind) ?? new Set()).add(value))
  }
  return byUnit
}

/** Words in capitals, in a text that has others; organisations, terms and places are none. */
function listTickers(text: string): Set<string> {
  if (!/\p{Ll}{3}/u.test(text)) return new Set()
  const found = text.match(/(?<![\p{L}\p{N}])[A-Z][A-Z0-9]{1,9}(?![\p{L}\p{N}])/gu) ?? []
  return new Set(
    found.filter((word) => {
      const { entities } = findTypedName([word], 0)
      return entities.every(({ kind, key }) => kind === 'asset' && !currencies.has(key))
    }),
  )
}

/** Those who act, and what is traded. Places and terms are the scene of many events. */
const listParties = (text: string) =>
  new Set([
    ...listKinds(text, ['asset', 'organisation']),
    ...listMentions(text).flatMap(({ entity }) => {
      const surname = toSurname(entity)
      return surname === undefined ? [] : [`~${toNameKey(surname)}`]
    }),
  ])

const listPlaces = (text: string) => listKinds(text, ['place'])

function listKinds(text: string, kinds: EntityKind[]): Set<string> {
  return new Set(
    listMentions(text)
      .filter(({ entity }) => kinds.includes(entity.kind) && !currencies.has(entity.key))
      .map(({ entity }) => entity.key),
  )
}

const currencies = new Set('us-dollar euro hryvnia pound-sterling yen yuan gold'.split(' '))
