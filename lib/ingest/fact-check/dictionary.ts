import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** A language whose dictionary is installed. */
export type DictionaryLanguage = 'en' | 'uk'

/** What a dictionary says of a written form. Both may be true: Mark, Віра. */
export type WordReading = {
  /** It has the form in small letters: it need not be a name. */
  isCommon: boolean
  /** It has the form with a capital: Kyiv, Зеленського. */
  isName: boolean
}

/**
 * What the Hunspell dictionary of a language says of a word in any of its forms. Apostrophes of all
 * shapes are one. Reads the dictionary on first use: 9 MB and 0.2 s for Ukrainian. Answers of words that
 * were asked before are remembered, up to 20,000.
 */
export function readWord(word: string, language: DictionaryLanguage): WordReading {
  const dictionary = openDictionary(language)
  const plain = word.replace(/[’ʼ`]/g, "'")
  const known = dictionary.readings.get(plain)
  if (known) return known
  const lower = plain.toLowerCase()
  const capital = plain.charAt(0).toUpperCase() + lower.slice(1)
  const common = listStems(dictionary, lower)
  const isName =
    listStems(dictionary, capital).length > 0 ||
    listStems(dictionary, plain).some((stem) => stem !== lower)
  const isCommon = common.length > 0
  const reading = { isCommon, isName }
  if (dictionary.readings.size >= 20_000) dictionary.readings.clear()
  dictionary.readings.set(plain, reading)
  return reading
}

/** The entries that a word is a form of, in small letters: its lemmas. At least the word itself. */
export function listLemmas(word: string, language: DictionaryLanguage): string[] {
  const dictionary = openDictionary(language)
  const lower = word.replace(/[’ʼ`]/g, "'").toLowerCase()
  const known = dictionary.lemmas.get(lower)
  if (known) return known
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1)
  const lemmas = [
    ...new Set([lower, ...[lower, capital].flatMap((form) => listStems(dictionary, form))]),
  ].map((lemma) => lemma.toLowerCase())
  if (dictionary.lemmas.size >= 20_000) dictionary.lemmas.clear()
  dictionary.lemmas.set(lower, lemmas)
  return lemmas
}

/** One rule of an affix class: entries with the flag have the form, if they meet the condition. */
type Rule = { flag: string; condition: RegExp | undefined }

/** Rules by what they add to an entry, and those by what they take from it. */
type Rules = Map<string, Map<string, Rule[]>>

type Dictionary = {
  entries: Entries
  suffixes: Rules
  prefixes: Rules
  maxSuffix: number
  maxPrefix: number
  readings: Map<string, WordReading>
  lemmas: Map<string, string[]>
}

const open = new Map<DictionaryLanguage, Dictionary>()
const { resolve } = createRequire(import.meta.url)

/** Reads the dictionaries now, where the first words must not wait for them. */
export function loadDictionaries(): void {
  for (const language of ['en', 'uk'] as const) openDictionary(language)
}

function openDictionary(language: DictionaryLanguage): Dictionary {
  const known = open.get(language)
  if (known) return known
  const base = resolve(`dictionary-${language}`).replace(/index\.js$/, '')
  const rules = readFileSync(`${base}index.aff`, 'utf8').split('\n')
  const suffixes = toRules(rules, 'SFX')
  const prefixes = toRules(rules, 'PFX')
  const dictionary: Dictionary = {
    entries: toEntries(readFileSync(`${base}index.dic`)),
    suffixes,
    prefixes,
    maxSuffix: Math.max(...[...suffixes.keys()].map(({ length }) => length)),
    maxPrefix: Math.max(0, ...[...prefixes.keys()].map(({ length }) => length)),
    readings: new Map(),
    lemmas: new Map(),
  }
  open.set(language, dictionary)
  return dictionary
}

/** Hunspell's lines `SFX flag strip add condition`; the first line of a class has four fields only. */
function toRules(lines: string[], kind: 'SFX' | 'PFX'): Rules {
  const rules: Rules = new Map()
  for (const line of lines) {
    const [name, flag = '', strip = '', add = '', condition] = line.split(/\s+/)
    if (name !== kind || condition === undefined) continue
    const written = kind === 'SFX' ? `${condition}$` : `^${condition}`
    const ending = add === '0' ? '' : (add.split('/')[0] ?? '')
    const byStrip = getOrInsert(rules, ending, () => new Map<string, Rule[]>())
    getOrInsert(byStrip, strip === '0' ? '' : strip, () => []).push({
      flag,
      condition: condition === '.' ? undefined : new RegExp(written, 'u'),
    })
  }
  return rules
}

function getOrInsert<Key, Value>(map: Map<Key, Value>, key: Key, open: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = open()
  map.set(key, value)
  return value
}

/** The entries that a form is, or is made of with a suffix, a prefix, or both. */
function listStems(dictionary: Dictionary, form: string): string[] {
  const stems = dictionary.entries.find(form) === undefined ? [] : [form]
  stems.push(...listSuffixed(dictionary, form, ''))
  const longest = Math.min(dictionary.maxPrefix, form.length - 1)
  for (let length = 1; length <= longest; length += 1) {
    const rules = dictionary.prefixes.get(form.slice(0, length))?.get('') ?? []
    const rest = form.slice(length)
    for (const { flag } of rules) {
      if (dictionary.entries.find(rest)?.includes(flag)) stems.push(rest)
      stems.push(...listSuffixed(dictionary, rest, flag))
    }
  }
  return stems
}

function listSuffixed(dictionary: Dictionary, form: string, prefix: string): string[] {
  const stems: string[] = []
  const longest = Math.min(dictionary.maxSuffix, form.length)
  for (let length = 0; length <= longest; length += 1) {
    const start = form.slice(0, form.length - length)
    for (const [strip, rules] of dictionary.suffixes.get(form.slice(start.length)) ?? []) {
      const stem = start + strip
      const flags = dictionary.entries.find(stem)
      if (flags === undefined || !flags.includes(prefix)) continue
      const isMade = ({ flag, condition }: Rule) =>
        flags.includes(flag) && (condition === undefined || condition.test(stem))
      if (rules.some(isMade)) stems.push(stem)
    }
  }
  return stems
}

type Entries = {
  /** The flags of an entry, often none; undefined where there is no such entry. */
  find(stem: string): string | undefined
}

/**
 * The lines `entry/flags` of a dictionary as they are in the file, with a hash table over them: a Map of
 * 335,000 strings would take 60 MB in every thread.
 */
function toEntries(file: Buffer): Entries {
  const newline = 10
  const slash = 47
  const size = 2 ** 20
  const places = new Int32Array(size).fill(-1)
  let start = file.indexOf(newline) + 1
  while (start > 0 && start < file.length) {
    const found = file.indexOf(newline, start)
    const end = found === -1 ? file.length : found
    let hash = firstHash
    for (let at = start; at < end && file[at] !== slash; at += 1)
      hash = nextHash(hash, file[at] ?? 0)
    let place = hash & (size - 1)
    while (places[place] !== -1) place = (place + 1) & (size - 1)
    places[place] = start
    start = end + 1
  }
  return {
    find(stem) {
      const bytes = Buffer.from(stem)
      let hash = firstHash
      for (const byte of bytes) hash = nextHash(hash, byte)
      let flags: string | undefined
      for (let place = hash & (size - 1); places[place] !== -1; place = (place + 1) & (size - 1)) {
        const at = places[place] ?? 0
        const after = at + bytes.length
        const isEnd = after >= file.length || file[after] === newline || file[after] === slash
        if (!isEnd || file.compare(bytes, 0, bytes.length, at, after) !== 0) continue
        const found = file.indexOf(newline, after)
        const end = found === -1 ? file.length : found
        // An entry may stand there more than once, with other flags each time.
        flags = (flags ?? '') + file.toString('utf8', Math.min(after + 1, end), end)
      }
      return flags
    },
  }
}

const firstHash = 2166136261

function nextHash(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 16777619)
}
