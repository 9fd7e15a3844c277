import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A rule of the dictionary: words that end in `strip`, and meet `condition`, may end in `add`. */
type Rule = { flag: string; strip: string; add: string; condition: RegExp }

/** Longest word that is looked up, in UTF-16 units; the dictionary has few longer ones. */
const longestWord = 40

/** More forms than a verb has; of a word that is a form of several, those of the others are left out. */
const mostForms = 150

let dictionary: ReturnType<typeof readDictionary> | undefined

/**
 * All forms of the Ukrainian words that have the given form, itself among them, in small letters and
 * without apostrophes: `року` → `рік`, `року`, `роком`, `роки`, … Nothing for a word that the
 * dictionary does not have. The first call reads the dictionary: a tenth of a second and 16 MB.
 *
 * The dictionary is that of Hunspell, by the makers of https://github.com/brown-uk/dict_uk; the format
 * is described in https://github.com/hunspell/hunspell/blob/master/man/hunspell.5.
 */
export function listUkrainianForms(word: string): string[] {
  const typed = foldUkrainian(word)
  if (typed.length > longestWord || !/^[а-яєіїґ-]+$/.test(typed)) return []
  dictionary ??= readDictionary()
  const { listEntries, listRules, toForms } = dictionary
  const bases = new Set([typed])
  for (const { add, strip } of listRules(typed)) {
    bases.add(typed.slice(0, typed.length - add.length) + strip)
  }
  const forms = new Set<string>()
  for (const base of bases) {
    for (const entry of listEntries(base)) {
      const ofEntry = toForms(entry).map(foldUkrainian)
      if (!ofEntry.includes(typed)) continue
      for (const form of ofEntry) if (forms.size < mostForms) forms.add(form)
    }
  }
  return [...forms]
}

/** Small letters, and no apostrophes of any kind. */
export const foldUkrainian = (word: string): string =>
  word.toLowerCase().replace(/(?:['’ʼ`]|\u0301)/g, '')

function readDictionary() {
  const folder = dirname(createRequire(import.meta.url).resolve('dictionary-uk'))
  const words = readFileSync(join(folder, 'index.dic'), 'utf8')
  const table = toTable(words)
  const rules = parseRules(readFileSync(join(folder, 'index.aff'), 'utf8'))
  const byFlag = Map.groupBy(rules, ({ flag }) => flag)
  // One entry for each ending and what it replaces, whatever the condition: the forms of a base decide.
  const byAdd = Map.groupBy(
    new Map(
      rules.map(({ add, strip }) => {
        const change = { add: foldUkrainian(add), strip: foldUkrainian(strip) }
        return [`${change.add}/${change.strip}`, change] as const
      }),
    ).values(),
    ({ add }) => add,
  )

  return {
    /** Lines of the dictionary with a word, which is folded: `зв'язок/3d`. */
    *listEntries(folded: string): Generator<string> {
      for (let slot = hashOf(folded, 0, folded.length); ; slot += 1) {
        const start = (table[slot & tableMask] ?? 0) - 1
        if (start < 0) return
        const end = words.indexOf('\n', start)
        const entry = words.slice(start, end < 0 ? undefined : end)
        if (foldUkrainian(entry.split('/', 1)[0] ?? '') === folded) yield entry
      }
    },

    *listRules(typed: string): Generator<Pick<Rule, 'add' | 'strip'>> {
      for (let from = 1; from <= typed.length; from += 1) yield* byAdd.get(typed.slice(from)) ?? []
    },

    toForms(entry: string): string[] {
      const [base = '', flags = ''] = entry.split('/', 2)
      return [
        base,
        ...[...flags].flatMap((flag) =>
          (byFlag.get(flag) ?? [])
            .filter(({ strip, condition }) => base.endsWith(strip) && condition.test(base))
            .map(({ strip, add }) => base.slice(0, base.length - strip.length) + add),
        ),
      ]
    },
  }
}

/** `SFX d ець ця ець`: flag, what is cut, what is added, how the word has to end. 0 is nothing. */
function parseRules(affixes: string): Rule[] {
  const zeroless = (part: string) => (part === '0' ? '' : part)
  // The head of a group of rules has one part less.
  const lines = affixes.matchAll(/^SFX (\S) (\S+) (\S+) (\S+)/gm)
  return [...lines].map(([, flag = '', strip = '', add = '', condition = '']) => ({
    flag,
    strip: zeroless(strip),
    add: zeroless(add),
    condition: new RegExp(`${condition}$`, 'u'),
  }))
}

/** Three times the words of the dictionary, a power of two. */
const tableSize = 2 ** 20
const tableMask = tableSize - 1

/** A hash table with linear probing: at a word's hash stands where its line begins, plus one. */
function toTable(words: string): Int32Array {
  const table = new Int32Array(tableSize)
  for (let start = words.indexOf('\n') + 1; start > 0 && start < words.length; ) {
    const newline = words.indexOf('\n', start)
    const end = newline < 0 ? words.length : newline
    let slot = hashOf(words, start, end)
    while (table[slot & tableMask] !== 0) slot += 1
    table[slot & tableMask] = start + 1
    start = end + 1
  }
  return table
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

/** `toLowerCase` for one Ukrainian letter. */
function toSmall(code: number): number {
  if (code >= 0x410 && code <= 0x42f) return code + 0x20
  if (code >= 0x400 && code <= 0x40f) return code + 0x50
  return code === 0x490 ? 0x491 : code
}
