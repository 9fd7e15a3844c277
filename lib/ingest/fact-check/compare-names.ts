import { type DictionaryLanguage, listLemmas, readWord } from '#lib/node/dictionary.ts'
import type { Budget } from './compare-facts.ts'
import { type Group, openGazetteer } from './gazetteer.ts'
import { isDateWord } from './list-dates.ts'
import {
  type FoundName,
  isOffice,
  isStart,
  listNames,
  trimMarks,
  withoutPlural,
} from './list-names.ts'
import { listUndeclined, toSoundDistance, toSounds } from './sounds.ts'

/** What a source offers to account for the names of a text that was made from it. */
export type NameBase = {
  language: DictionaryLanguage | undefined
  /** In small letters, without possessives; compounds also in parts. */
  words: Set<string>
  /** The first letters of its words, for other forms of the same word. */
  beginnings: Map<string, string[]>
  /** Groups of the gazetteer that it names, each with the words that name it, in small letters. */
  groups: Map<Group, Set<string>>
  /** Words with a capital, by how they sound. */
  sounds: SoundingWord[]
  acronyms: Set<string>
  /** Words that follow each other, written together: `soft fork` may be one word elsewhere. */
  pairs: Set<string>
}

type SoundingWord = {
  written: string
  sounds: string[]
  isCapital: boolean
  /** It has a capital only where a sentence begins. */
  isFirst: boolean
}

/** What the words of a source account for. */
export function toNameBase(text: string, language: DictionaryLanguage | undefined): NameBase {
  const words = new Set<string>()
  const beginnings = new Map<string, string[]>()
  const sounding = new Map<string, SoundingWord>()
  const acronyms = new Set<string>()
  const pairs = new Set<string>()
  let before = ''
  for (const { 0: found, index } of text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}&’'ʼ.-]*/gu)) {
    // A title in quotation marks begins with a capital whatever its first word is.
    const isTitle = /[\p{L},] ["«“„]$/u.test(text.slice(Math.max(0, index - 3), index))
    const isFirst = isStart(text, index) && !isTitle
    const written = trimMarks(found)
    const startsHigh = /^\p{Lu}/u.test(written)
    if (before.length >= 3 && written.length >= 3) pairs.add(toLower(before + written))
    before = written
    for (const part of [written, ...written.split(/[-–]|(?<=\p{L}{3})\.(?=\p{L}{3})/u)]) {
      const lower = toLower(part)
      if (lower === '') continue
      if (!words.has(lower)) {
        words.add(lower)
        const beginning = lower.slice(0, 4)
        const others = beginnings.get(beginning)
        if (others) others.push(lower)
        else beginnings.set(beginning, [lower])
      }
      // Jong-un and Гран-прі are names down to their last part.
      const isCapital = startsHigh || /\p{Lu}/u.test(part)
      if (isAcronym(part)) acronyms.add(withoutPlural(part).replaceAll('.', ''))
      const known = sounding.get(lower)
      if (known) {
        known.isCapital ||= isCapital
        known.isFirst &&= isFirst || !isCapital
      } else if (lower.length >= (isCapital ? 2 : 4)) {
        sounding.set(lower, { written: part, sounds: toAllSounds(lower), isCapital, isFirst })
      }
    }
  }
  const groups = new Map<Group, Set<string>>()
  for (const { group, at, end } of openGazetteer().list(text)) {
    const named = groups.get(group) ?? new Set()
    for (const word of text.slice(at, end).split(/[\s-]+/)) named.add(toLower(trimMarks(word)))
    groups.set(group, named)
  }
  return {
    language,
    words,
    beginnings,
    groups,
    sounds: [...sounding.values()],
    acronyms,
    pairs,
  }
}

function toLower(word: string): string {
  return word.toLowerCase().replace(/['ʼ]/g, '’').replaceAll('.', '')
}

function toAllSounds(lower: string): string[] {
  return [...new Set(listUndeclined(lower).map(toSounds))].filter((sounds) => sounds !== '')
}

/** Names of a rewriting that the source does not have in any form. */
export function findRewrittenNames(text: string, base: NameBase, budget: Budget): FoundName[] {
  const gazetteer = openGazetteer().list(text)
  return listNames(text, base.language).filter((name) => {
    if (isWordThere(name.text, base)) return false
    if (
      gazetteer.some(
        ({ at, end, group }) => at <= name.at && name.at < end && base.groups.has(group),
      )
    )
      return false
    // A rewriting in Ukrainian may write a foreign name in Ukrainian letters.
    return !(isCyrillic(name.text) && hear(name.text, base, budget) !== undefined)
  })
}

/** The word itself, another form of it, its parts. */
function isWordThere(written: string, base: NameBase): boolean {
  const name = toLower(written.replace(/^\$/, ''))
  if (base.words.has(name)) return true
  const parts = name.split('-').filter((part) => part.length > 1)
  if (parts.length > 1 && parts.every((part) => base.words.has(part))) return true
  const singular = name.replace(/(?:’s|s|es)$/, '')
  if (base.words.has(singular) || base.words.has(`${name}s`)) return true
  const { language } = base
  if (!language) return false
  const lemmas = listLemmas(name, language)
  const others = base.beginnings.get(name.slice(0, 4)) ?? []
  if (others.some((other) => listLemmas(other, language).some((lemma) => lemmas.includes(lemma))))
    return true
  // Not in the dictionary: cases of a Ukrainian name, the adjective of an English one.
  const stem = name.slice(0, Math.max(4, name.length - 3))
  return (
    name.length > 3 &&
    others.some((other) => other.startsWith(stem) && Math.abs(other.length - name.length) <= 3)
  )
}

/** A name of a translation that nothing in the original accounts for. */
export type NameFault = { text: string; isHint?: true }

/** A passage of a translation, and what the passage that it was made from offers. */
type NamedPassage = { text: string; base: NameBase }

type NameContext = { article: NameBase; budget: Budget }

/**
 * Names of a translation that no word of the original accounts for. Names are first paired with words of
 * their passage, or of the article, that are the same, sound alike or are of one group of the gazetteer,
 * and with names that were paired in another passage; then, with what is left over in the passage:
 * ordinary words and acronyms with such words, and a name beside a paired one with a name that sounds a
 * little like it.
 */
export function findTranslatedNames(
  passages: NamedPassage[],
  language: DictionaryLanguage | undefined,
  context: NameContext,
): NameFault[] {
  const found = passages.map(({ text, base }) => {
    const gazetteer = openGazetteer().list(text)
    const counterparts = new Map<FoundName, string[]>()
    const names = listNames(text, language)
    for (const name of names) {
      const counterpart = findCounterparts(name, gazetteer, base, context)
      if (counterpart.length > 0) counterparts.set(name, counterpart)
    }
    return { text, base, names, counterparts }
  })
  /** By how they sound: a translator writes a name where the original has `he`. */
  const paired = new Map<string, string[]>()
  for (const { counterparts } of found)
    for (const [{ text }, counterpart] of counterparts)
      for (const sounds of toAllSounds(toLower(text))) paired.set(sounds, counterpart)
  return found.flatMap((passage) => {
    for (const name of passage.names) {
      if (name.kind === 'ticker' || passage.counterparts.has(name)) continue
      const sounds = toAllSounds(toLower(name.text)).find((one) => paired.has(one))
      if (sounds !== undefined) passage.counterparts.set(name, paired.get(sounds) ?? [])
    }
    return findUnpaired(passage, language, context)
  })
}

function findUnpaired(
  {
    text,
    base: passage,
    names,
    counterparts,
  }: NamedPassage & {
    names: FoundName[]
    counterparts: Map<FoundName, string[]>
  },
  language: DictionaryLanguage | undefined,
  { article, budget }: NameContext,
): NameFault[] {
  const used = new Set([...counterparts.values()].flat())
  const left = passage.sounds.filter(
    ({ written, isCapital }) => isCapital && !used.has(toLower(written)),
  )
  const leftNames = left.filter((word) => isNameLike(word, passage))
  let translatable = left.filter((word) => isTranslatable(word, passage)).length
  const translated = new Set<string>()
  return names.flatMap((name, place): NameFault[] => {
    if (counterparts.has(name)) return []
    if ((name.kind === 'name' || name.text.includes('-')) && isJoined(name.text, passage, budget))
      return []
    if (abbreviated.test(name.text) && left.length > 0) return []
    const fault = { text: name.text }
    if (name.kind === 'ticker') return [fault]
    if (name.kind === 'acronym') {
      const foreign = left.filter(({ written }) => isCyrillic(written) !== isCyrillic(name.text))
      return isAcronymThere(name.text, article, foreign) ? [] : [fault]
    }
    const beside = [names[place - 1], names[place + 1]].flatMap((other) =>
      other && areBeside(text, name, other) ? [other] : [],
    )
    const known = beside.flatMap((other) => counterparts.get(other) ?? [])
    const parts = [name, ...beside].toSorted((one, other) => one.at - other.at)
    if (passage.sounds.some(({ written }) => isAcronymOf(written, parts))) return []
    if (name.kind === 'plain') {
      if (functionWords.has(toLower(name.text)) || isOrdinary(name, language)) return []
      // Each word that is left over accounts for one name, in all its cases.
      const stem = toLower(name.text).slice(0, 4)
      if (!translated.has(stem)) translatable -= 1
      translated.add(stem)
      // Ukrainian words beside others with a capital are rarely invented.
      const isTitle = language === 'uk' && name.isInTitle && leftNames.length === 0
      return translatable < 0 ? [{ ...fault, ...(isTitle && { isHint: true }) }] : []
    }
    if (known.length === 0) return [fault]
    return leftNames.some((word) => isLike(name.text, word, budget)) ? [] : [fault]
  })
}

/** The words of the original, in small letters, that a name surely stands for. */
function findCounterparts(
  { text, kind, at }: FoundName,
  gazetteer: ReturnType<ReturnType<typeof openGazetteer>['list']>,
  passage: NameBase,
  { article, budget }: NameContext,
): string[] {
  const lower = toLower(text.replace(/^\$/, ''))
  const same = [lower, lower.replace(/s$/, '')].find((form) => article.words.has(form))
  if (same !== undefined) return [same]
  // Brexit and Brexiteers.
  const longer = article.beginnings
    .get(lower.slice(0, 4))
    ?.find(
      (word) =>
        Math.min(word.length, lower.length) > 4 &&
        (word.startsWith(lower) || lower.startsWith(word)),
    )
  if (longer !== undefined) return [longer]
  const inGroups = gazetteer
    .filter((one) => one.at <= at && at < one.end)
    .flatMap(({ group }) => [...(article.groups.get(group) ?? [])])
  if (inGroups.length > 0 || kind === 'ticker') return inGroups
  const heard = hear(text, passage, budget)
  return heard === undefined ? [] : [heard]
}

/** NYC and Нью-Йорк: the first letters sound alike. */
function isAcronymOf(written: string, parts: FoundName[]): boolean {
  const letters = isAcronym(written) ? [...written.replaceAll('.', '')] : []
  return (
    parts.length > 1 &&
    parts.length <= letters.length &&
    parts.every(
      ({ text }, at) =>
        toSoundDistance(toSounds(letters[at] ?? ''), toSounds(text).charAt(0)) < 0.3,
    )
  )
}

function areBeside(text: string, one: FoundName, other: FoundName): boolean {
  const [first, last] = one.at < other.at ? [one, other] : [other, one]
  return /^[\s-]+$/.test(text.slice(first.at + first.text.length, last.at))
}

/** A word with a capital that can only be a name: what stands for it in a translation sounds like it. */
function isNameLike({ written, isFirst }: SoundingWord, { language }: NameBase): boolean {
  if (functionWords.has(toLower(written)) || isDateWord(written)) return false
  if (!language) return true
  const { isCommon, isName } = readWord(written, language)
  return !isCommon || (isName && !isFirst)
}

function isLike(name: string, { sounds }: SoundingWord, budget: Budget): boolean {
  budget.left -= 1
  if (budget.left < 0) return false
  const forms = toAllSounds(toLower(name))
  return forms.some((form) => sounds.some((other) => toSoundDistance(form, other) <= 0.38))
}

/** Institutions that Ukrainian makes one word of: Мінпраці, Держприкордонслужба, Нацбанк. */
const abbreviated = /^(?:Мін|Держ|Укр|Нац|Обл|Міськ|Ген|Спец|Центр|Євро|Рос)\p{Ll}{3,}/u

/** Two words of the source that follow each other are one word of the text. */
function isJoined(name: string, { pairs }: NameBase, budget: Budget): boolean {
  const forms = toAllSounds(toLower(name))
  if (forms.every((form) => form.length < 6)) return false
  for (const pair of pairs) {
    budget.left -= 1
    if (budget.left < 0) return false
    const sounds = toSounds(pair)
    if (
      forms.some(
        (form) => Math.abs(form.length - sounds.length) <= 2 && soundAlike(form, sounds, 0.4),
      )
    )
      return true
  }
  return false
}

/** Words that begin sentences and name nothing, so that they account for no name. */
const functionWords = new Set(
  (
    'the a an he she it they we i you this that these those in on at of for to from by with as but and or ' +
    'if when while after before since there his her its their our my not no what who how why where also ' +
    'він вона воно вони ми ви я це цей ця ці той та те у в на з зі із до за від по про для як але і й а що ' +
    'коли якщо після перед його її їх їхні наш не ні хто де чому там тут також'
  ).split(' '),
)

/** A word of the source with a capital that has a meaning to translate, and is no name of its own. */
function isTranslatable({ written, isFirst }: SoundingWord, { language }: NameBase): boolean {
  if (isAcronym(written) || abbreviated.test(written) || !language) return true
  if (functionWords.has(toLower(written)) || isDateWord(written)) return false
  return !isFirst && readWord(written, language).isCommon
}

/** English gives offices, institutions, holidays and the words of titles a capital where Ukrainian does not. */
function isOrdinary(
  { text, isInTitle }: FoundName,
  language: DictionaryLanguage | undefined,
): boolean {
  if (language !== 'en') return false
  return isOffice(text) || (isInTitle === true && !readWord(text, 'en').isName)
}

/** Letters for letters: НАТО, PDS; or the passage has another acronym, or words that it may stand for. */
function isAcronymThere(acronym: string, article: NameBase, left: SoundingWord[]): boolean {
  const plain = acronym.replaceAll('.', '')
  const sounds = toSounds(plain)
  for (const other of article.acronyms) {
    if (other === plain || toSounds(other) === sounds) return true
  }
  if (left.some(({ written }) => isAcronym(written))) return true
  return left.length >= Math.max(2, plain.length - 1)
}

/** In capitals, with figures and dots, also of several: `NATO`, `U.S.`, `MPs`. */
function isAcronym(written: string): boolean {
  return /^[\p{Lu}\p{N}&.]{2,8}s?$/u.test(written)
}

function isCyrillic(word: string): boolean {
  return /[\u0400-\u04FF]/u.test(word)
}

/** The word of the source that a name sounds like, in small letters. */
function hear(name: string, base: NameBase, budget: Budget): string | undefined {
  const forms = toAllSounds(toLower(name.replace(/^\$/, '')))
  const found = base.sounds.find(({ written, sounds, isCapital }) => {
    // In the same letters a name is written the same; only across scripts it is heard.
    if (isCyrillic(written) === isCyrillic(name)) return false
    budget.left -= 1
    if (budget.left < 0) return false
    const strictness = isCapital ? 1 : 0.4
    return forms.some((form) => sounds.some((other) => soundAlike(form, other, strictness)))
  })
  return found && toLower(found.written)
}

/** `strictness` below 1 asks for more likeness. */
function soundAlike(one: string, other: string, strictness = 1): boolean {
  const [short, long] = [Math.min(one.length, other.length), Math.max(one.length, other.length)]
  // Crypto and криптоактиви: one is the beginning of the other.
  if (short >= 5 && long - short >= (short >= 6 ? 2 : 3) && strictness < 1) {
    return toSoundDistance(one.slice(0, short), other.slice(0, short)) <= 0.08
  }
  if (short >= 5 && long - short >= 3) {
    return toSoundDistance(one.slice(0, short), other.slice(0, short)) <= 0.08
  }
  if (short < 2 || long - short > Math.max(2, long * 0.34)) return one === other
  const limit = long <= 3 ? 0.18 : long <= 5 ? 0.24 : long <= 7 ? 0.28 : 0.31
  return toSoundDistance(one, other) <= limit * strictness
}
