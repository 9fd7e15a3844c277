import { listMentions } from '#lib/site/names.ts'
import { writtenGroups } from './known-groups.ts'

/** A number, or the key of an entity of the list of names that the search uses too. */
export type Group = number | string

/**
 * Names that are other words in other languages, in groups: countries with their adjectives and people,
 * languages, cities, institutions, acronyms. Who is named in one way may be named in the others.
 */
export type Gazetteer = {
  /** The groups that a word, or a phrase that begins at it, belongs to. */
  list(text: string): { group: Group; at: number; end: number }[]
}

let opened: Gazetteer | undefined

/** The gazetteer: built on first use from the names of CLDR that Node has, and our own groups.
 * The list of names of `lib/site` adds what the crypto world names. */
export function openGazetteer(): Gazetteer {
  opened ??= buildGazetteer()
  return opened
}

/** A phrase in small letters; a word that ends in `*` stands for every word that begins so. */
type Phrase = { words: string[]; group: number }

function buildGazetteer(): Gazetteer {
  const byFirst = new Map<string, Phrase[]>()
  const groups = [
    ...writtenGroups.map((line) => line.split('|')),
    ...listRegions(),
    ...listLanguages(),
  ]
  for (const [group, phrases] of mergeGroups(groups).entries()) {
    for (const phrase of phrases) {
      const words = phrase.split(/[\s-]+/)
      const key = toKey(words[0] ?? '')
      const others = byFirst.get(key)
      if (others) others.push({ words, group })
      else byFirst.set(key, [{ words, group }])
    }
  }
  return {
    list(text) {
      const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}’'ʼ.]*/gu)].map((match) => {
        const written = match[0].replace(/[’'ʼ]s$|\.$/gu, '')
        return {
          written,
          plain: written.toLowerCase().replace(/['ʼ]/g, '’').replaceAll('.', '').replace(sides, ''),
          at: match.index,
          end: match.index + match[0].length,
        }
      })
      const listed = words.flatMap((word, place) =>
        (byFirst.get(toKey(word.plain)) ?? []).flatMap(({ words: phrase, group }) => {
          const isThere = phrase.every((one, offset) => isForm(words[place + offset], one))
          const last = words[place + phrase.length - 1]
          return isThere && last ? [{ group, at: word.at, end: last.end }] : []
        }),
      )
      const mentions = listMentions(text).map(({ entity, at, text }) => ({
        group: entity.key,
        at,
        end: at + text.length,
      }))
      return [...listed, ...mentions]
    },
  }
}

/** `західнонімецький` is German. */
const sides =
  /^(?:західно|східно|північно|південно|центрально|загально|все|про|анти|пост)(?=\p{L}{4})/u

function isForm(word: { plain: string; written: string } | undefined, phrase: string): boolean {
  if (!word) return false
  if (phrase.endsWith('*')) return word.plain.startsWith(phrase.slice(0, -1))
  // `us` and `it` are words; US and IT stand in capitals.
  const isShort = phrase.length <= 3 && /^[a-z]+$/.test(phrase)
  return word.plain === phrase && (!isShort || word.written !== word.plain)
}

/** Phrases are looked up by the beginning of their first word. */
function toKey(word: string): string {
  return word.replace('*', '').slice(0, 3)
}

/** Groups with a phrase in common are one: the country of the lists and that of CLDR. */
function mergeGroups(groups: string[][]): string[][] {
  const merged: string[][] = []
  const homes = new Map<string, number>()
  for (const group of groups) {
    const known = group.map((phrase) => homes.get(phrase)).find((home) => home !== undefined)
    const home = known ?? merged.push([]) - 1
    for (const phrase of group) {
      if (homes.has(phrase)) continue
      homes.set(phrase, home)
      merged[home]?.push(phrase)
    }
  }
  return merged
}

/** Countries in both languages, with the adjective that Ukrainian makes of the name. */
function listRegions(): string[][] {
  const [english, ukrainian] = ['en', 'uk'].map(
    (locale) => new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' }),
  )
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  return [...letters].flatMap((first) =>
    [...letters].flatMap((second) => {
      const [en, uk] = [english, ukrainian].map((names) =>
        names
          ?.of(first + second)
          ?.toLowerCase()
          .replace(/['ʼ]/g, '’')
          .replace(/&/g, 'and'),
      )
      if (!en || !uk) return []
      return [[en, ...toDeclined(uk)]]
    }),
  )
}

function listLanguages(): string[][] {
  const [english, ukrainian] = ['en', 'uk'].map(
    (locale) => new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }),
  )
  const codes =
    'ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko la lb lt lv mk mn ms mt nb nl no pl ps pt ro ru sk sl sq sr sv sw ta th tr uk ur uz vi yi zh'
  return codes.split(' ').flatMap((code) => {
    const [en, uk] = [english, ukrainian].map((names) => names?.of(code)?.toLowerCase())
    if (!en || !uk) return []
    return [[`${en}*`, ...toDeclined(uk)]]
  })
}

/** A Ukrainian name in all its forms: its words without their endings. */
function toDeclined(name: string): string[] {
  const words = name.split(/[\s-]+/)
  const phrase = words
    .map((word) =>
      word.length > 4 ? `${word.replace(/(?:ська|цька|ія|ий|ій|[аеиоуяюїіьй])$/u, '')}*` : word,
    )
    .join(' ')
  return [phrase]
}
