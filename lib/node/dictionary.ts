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
 * shapes are one. Reads the dictionary on first use: 16 MB and 0.2 s for Ukrainian. Answers of words that
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

/** More forms than a verb has; of a word that is a form of several, those of the others are left out. */
const mostForms = 150

/** Longest word whose forms are listed, in UTF-16 units; dictionaries have few longer ones. */
const longestWord = 40

/**
 * All forms of the words that have the given form, itself among them, in small letters and without
 * apostrophes: `року` → `рік`, `року`, `роком`, `роки`, … Nothing for a word that the dictionary does not
 * have. Suffixes only, which is all that Ukrainian has.
 */
export function listWordForms(word: string, language: DictionaryLanguage): string[] {
  const typed = foldWord(word)
  if (typed.length > longestWord || !/^[\p{L}-]+$/u.test(typed)) return []
  const { entries, suffixes, byFlag } = openDictionary(language)
  const bases = new Set([typed])
  for (let from = 1; from <= typed.length; from += 1) {
    // The forms of a base decide, so conditions do not matter here.
    for (const strip of suffixes.folded.get(typed.slice(from)) ?? []) {
      bases.add(typed.slice(0, from) + strip)
    }
  }
  const forms = new Set<string>()
  for (const base of bases) {
    for (const { stem, flags } of entries.listFolded(base)) {
      const ofEntry = [
        stem,
        ...[...flags].flatMap((flag) =>
          (byFlag.get(flag) ?? [])
            .filter(
              ({ strip, condition }) => stem.endsWith(strip) && condition?.test(stem) !== false,
            )
            .map(({ strip, add }) => stem.slice(0, stem.length - strip.length) + add),
        ),
      ].map(foldWord)
      if (!ofEntry.includes(typed)) continue
      for (const form of ofEntry) if (forms.size < mostForms) forms.add(form)
    }
  }
  return [...forms]
}

/** Small letters, and no apostrophes of any kind. */
function foldWord(word: string): string {
  return word.toLowerCase().replace(/(?:['’ʼ`]|\u0301)/g, '')
}

/**
 * One rule of an affix class: entries with the flag that end (or begin) with `strip` and meet the
 * condition have a form with `add` in its place.
 */
type Rule = { flag: string; strip: string; add: string; condition: RegExp | undefined }

/** Rules by what they add to an entry, and those by what they take from it. */
type Rules = {
  exact: Map<string, Map<string, Rule[]>>
  /** The same without apostrophes and rules: what may have stood where an ending stands. */
  folded: Map<string, Set<string>>
}

type Dictionary = {
  entries: Entries
  suffixes: Rules
  prefixes: Rules
  /** The suffixes of a flag. */
  byFlag: Map<string, Rule[]>
  maxSuffix: number
  maxPrefix: number
  readings: Map<string, WordReading>
  lemmas: Map<string, string[]>
}

const open = new Map<DictionaryLanguage, Dictionary>()
const { resolve } = createRequire(import.meta.url)

/**
 * Whether the package with the dictionary of a language is installed. Who must not pass on `dictionary-uk`,
 * which is under the GPL, leaves it out: then no word of the language is known, and nothing fails.
 */
export function hasDictionary(language: DictionaryLanguage): boolean {
  return findPackage(language) !== undefined
}

/** The folder of the package, with `/` at its end. */
function findPackage(language: DictionaryLanguage): string | undefined {
  try {
    return resolve(`dictionary-${language}`).replace(/index\.js$/, '')
  } catch {
    return undefined
  }
}

/** Reads the dictionaries now, where the first words must not wait for them. */
export function loadDictionaries(): void {
  for (const language of ['en', 'uk'] as const) openDictionary(language)
}

function openDictionary(language: DictionaryLanguage): Dictionary {
  const known = open.get(language)
  if (known) return known
  const base = findPackage(language)
  const read = (name: string) => (base === undefined ? '' : readFileSync(base + name, 'utf8'))
  const rules = read('index.aff').split('\n')
  const listed = listRules(rules, 'SFX')
  const suffixes = toRules(listed)
  const prefixes = toRules(listRules(rules, 'PFX'))
  const dictionary: Dictionary = {
    entries: toEntries(read('index.dic')),
    suffixes,
    prefixes,
    byFlag: Map.groupBy(listed, ({ flag }) => flag),
    maxSuffix: Math.max(0, ...[...suffixes.exact.keys()].map(({ length }) => length)),
    maxPrefix: Math.max(0, ...[...prefixes.exact.keys()].map(({ length }) => length)),
    readings: new Map(),
    lemmas: new Map(),
  }
  open.set(language, dictionary)
  return dictionary
}

/**
 * Hunspell's lines `SFX flag strip add condition`, where 0 is nothing; the first line of a class has four
 * fields only. See https://github.com/hunspell/hunspell/blob/master/man/hunspell.5.
 */
function listRules(lines: string[], kind: 'SFX' | 'PFX'): Rule[] {
  return lines.flatMap((line) => {
    const [name, flag = '', strip = '', add = '', condition] = line.split(/\s+/)
    if (name !== kind || condition === undefined) return []
    const written = kind === 'SFX' ? `${condition}$` : `^${condition}`
    return [
      {
        flag,
        strip: strip === '0' ? '' : strip,
        add: add === '0' ? '' : (add.split('/')[0] ?? ''),
        condition: condition === '.' ? undefined : new RegExp(written, 'u'),
      },
    ]
  })
}

function toRules(rules: Rule[]): Rules {
  const exact: Rules['exact'] = new Map()
  const folded: Rules['folded'] = new Map()
  for (const rule of rules) {
    const byStrip = getOrInsert(exact, rule.add, () => new Map<string, Rule[]>())
    getOrInsert(byStrip, rule.strip, () => []).push(rule)
    getOrInsert(folded, foldWord(rule.add), () => new Set<string>()).add(foldWord(rule.strip))
  }
  return { exact, folded }
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
    const rules = dictionary.prefixes.exact.get(form.slice(0, length))?.get('') ?? []
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
    for (const [strip, rules] of dictionary.suffixes.exact.get(form.slice(start.length)) ?? []) {
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
  /** Entries that are the same word without apostrophes and in small letters. */
  listFolded(folded: string): { stem: string; flags: string }[]
}

/** Three times the words of the Ukrainian dictionary, a power of two. */
const tableSize = 2 ** 20
const tableMask = tableSize - 1

/**
 * The lines `entry/flags` of a dictionary as they are in the file, with a hash table with linear probing
 * over them: a Map of 335,000 strings would take 60 MB in every thread. At the hash of a folded word
 * stands where its line begins, plus one.
 */
function toEntries(file: string): Entries {
  const table = new Int32Array(tableSize)
  for (let start = file.indexOf('\n') + 1; start > 0 && start < file.length; ) {
    const newline = file.indexOf('\n', start)
    const end = newline < 0 ? file.length : newline
    let slot = hashOf(file, start, end) & tableMask
    while (table[slot] !== 0) slot = (slot + 1) & tableMask
    table[slot] = start + 1
    start = end + 1
  }

  /** Where lines begin whose word may be this one. */
  function* listStarts(word: string): Generator<number> {
    for (
      let slot = hashOf(word, 0, word.length) & tableMask;
      table[slot] !== 0;
      slot = (slot + 1) & tableMask
    )
      yield (table[slot] ?? 0) - 1
  }

  const readLine = (start: number) => {
    const end = file.indexOf('\n', start)
    const [stem = '', flags = ''] = file.slice(start, end < 0 ? undefined : end).split('/', 2)
    return { stem, flags }
  }

  return {
    find(stem) {
      let flags: string | undefined
      for (const start of listStarts(stem)) {
        if (!file.startsWith(stem, start)) continue
        const entry = readLine(start)
        // An entry may stand there more than once, with other flags each time.
        if (entry.stem === stem) flags = (flags ?? '') + entry.flags
      }
      return flags
    },
    listFolded(folded) {
      return [...listStarts(folded)].map(readLine).filter(({ stem }) => foldWord(stem) === folded)
    },
  }
}

/** FNV-1a of a word, folded while it is read, up to its flags. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x2f) break
    if (code === 0x27) continue
    hash = Math.imul(hash ^ toSmall(code), 0x01000193)
  }
  return hash >>> 0
}

/** `toLowerCase` for one English or Ukrainian letter. */
function toSmall(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code + 0x20
  if (code >= 0x410 && code <= 0x42f) return code + 0x20
  if (code >= 0x400 && code <= 0x40f) return code + 0x50
  return code === 0x490 ? 0x491 : code
}
