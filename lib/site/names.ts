import { knownNames, knownTexts } from './known-names.ts'
import { site } from './site.ts'

/** The groups of a list, and what one entry of each is. */
export const nameGroups = {
  assets: 'asset',
  organisations: 'organisation',
  people: 'person',
  terms: 'term',
  places: 'place',
} as const

export type EntityKind = (typeof nameGroups)[keyof typeof nameGroups]

/** Something that the news names: an asset, an organisation, a person, a term or a place. */
export type NamedEntity = {
  /** Of letters a–z, digits and hyphens; no other entity has it. */
  key: string
  kind: EntityKind
  /** What it is called, by language. */
  names: Record<string, string>
  /** In capitals. */
  tickers: string[]
  /** Other spellings, mistakes among them; see `known-names.ts` for their rules. */
  also: string[]
  /** What it is, in two sentences, by language; readers see it on the page of an asset. */
  about?: Record<string, string>
}

/** The entities of `known-names.ts`: a line each, of key, English, Ukrainian, tickers and spellings. */
function listKnown(): NamedEntity[] {
  return Object.entries(knownNames).flatMap(([group, table]) =>
    table
      .trim()
      .split('\n')
      .map((line) => {
        const [key = '', en = '', uk = '', tickers = '', also = ''] = line
          .split('|')
          .map((part) => part.trim())
        return {
          key,
          kind: nameGroups[group as keyof typeof nameGroups],
          names: { en, uk: uk || en },
          tickers: tickers.split(' ').filter((ticker) => ticker !== ''),
          also: also.split(', ').filter((spelling) => spelling !== ''),
          ...toAbout(knownTexts[key]),
        }
      }),
  )
}

/** Where there is no text, there is no field. */
const toAbout = (about: Record<string, string> = {}): Pick<NamedEntity, 'about'> =>
  Object.keys(about).length > 0 ? { about } : {}

/** The list with further entries: one whose key is there gives its names and texts and adds spellings. */
export function extendNames(list: NamedEntity[], further: NamedEntity[]): NamedEntity[] {
  const byKey = new Map(list.map((entity) => [entity.key, entity]))
  for (const entity of further) {
    const known = byKey.get(entity.key)
    byKey.set(entity.key, {
      ...entity,
      names: { ...known?.names, ...entity.names },
      tickers: [...new Set([...(known?.tickers ?? []), ...entity.tickers])],
      also: [...new Set([...(known?.also ?? []), ...entity.also])],
      ...toAbout({ ...known?.about, ...entity.about }),
    })
  }
  return [...byKey.values()]
}

let current: ReturnType<typeof toIndex> | undefined

/** The list of the engine with what the publication adds to it; made on the first call. */
function index() {
  current ??= toIndex(extendNames(listKnown(), site().names))
  return current
}

/** All named entities, in the order of the list. */
export const listEntities = (): NamedEntity[] => index().entities

export const findEntity = (key: string): NamedEntity | undefined => index().byKey.get(key)

/** The spellings of an entity without repetitions: names, tickers, others. No `*` stands in them. */
export const listSpellings = (entity: NamedEntity): string[] => [
  ...new Set(
    [...Object.values(entity.names), ...entity.tickers, ...entity.also].filter(
      (text) => !text.includes('*'),
    ),
  ),
]

/** A place where a text names an entity; `at` and `text` in UTF-16 units of the text. */
export type Mention = { entity: NamedEntity; at: number; text: string }

/**
 * Where a text names entities, in its order; of spellings that begin at one word the longest counts,
 * with all entities that have it. Endings of Ukrainian words and English possessives are passed over.
 */
export function listMentions(text: string): Mention[] {
  const words = listWords(text)
  const found: Mention[] = []
  for (let i = 0; i < words.length; ) {
    const { length, entities } = index().findLongest(words, i, true)
    const [first, last] = [words[i], words[i + length - 1]]
    if (first && last && length > 0) {
      const written = text.slice(first.at, last.at + last.written.length)
      for (const entity of entities) found.push({ entity, at: first.at, text: written })
    }
    i += Math.max(1, length)
  }
  return found
}

/** Of an article no more assets are listed: one that names more is about none of them. */
const mostAssets = 12

/**
 * The assets that an article is about: those of its tags, in their order, then those that its headline
 * or its standfirst names. A word that begins a sentence has its capital from there: it counts only
 * where it is a name in small letters as well (`Bitcoin falls`, but not `Optimism returns`).
 */
export function listAssets({
  title,
  description,
  tags,
}: {
  title: string
  description: string
  tags: string[]
}): NamedEntity[] {
  const ofTags = tags.flatMap((tag) => {
    const words = tag.split(/\s+/)
    const { entities, wordCount } = findTypedName(words, 0)
    return wordCount === words.length ? entities : []
  })
  const ofTexts = [title, description].flatMap((text) =>
    listMentions(text).flatMap(({ entity, at, text: written }) => {
      const isPlain =
        isSentenceStart(text, at) &&
        /^\p{Lu}\p{Ll}+$/u.test(written) &&
        !entity.tickers.includes(written)
      const inSmall = () => listMentions(written.toLowerCase()).some((one) => one.entity === entity)
      return !isPlain || inSmall() ? [entity] : []
    }),
  )
  const assets = [...ofTags, ...ofTexts].filter(({ kind }) => kind === 'asset')
  return [...new Set(assets)].slice(0, mostAssets)
}

const isSentenceStart = (text: string, at: number) =>
  /(?:^|[.!?:…])["“”«»„'’\s]*$/u.test(text.slice(Math.max(0, at - 8), at)) || at === 0

/** What an entity is called in a language, else in English, else by its key. */
export const nameEntity = ({ names, key }: NamedEntity, language: string): string =>
  names[language] ?? names.en ?? key

/** What a reader typed as the words that name an entity, whatever their case. */
export type TypedName = { entities: NamedEntity[]; wordCount: number }

/**
 * The entities that the words of a question name from a place on, by the longest spelling, in any
 * case of letters. `wordCount` is 0 where they name none.
 */
export function findTypedName(words: string[], from: number): TypedName {
  const typed = words.map((word) => listWords(word))
  const parts = typed.flatMap((pieces, word) => pieces.map((piece) => ({ ...piece, word })))
  const start = parts.findIndex(({ word }) => word === from)
  if (start < 0) return { entities: [], wordCount: 0 }
  const { length, entities } = index().findLongest(parts, start, false)
  const next = parts[start + length]
  const last = parts[start + length - 1]
  // A name must not end in the middle of a typed word: `BTC-USD` is not BTC.
  if (!last || length === 0 || next?.word === last.word) return { entities: [], wordCount: 0 }
  return { entities, wordCount: last.word - from + 1 }
}

/** Whether a single word names an entity or is a word of a person's or an organisation's name. */
export function isKnownName(word: string): boolean {
  const [first, ...others] = listWords(word)
  if (!first) return false
  if (others.length === 0 && index().isPart(first)) return true
  return findTypedName([word], 0).entities.length > 0
}

/** A word of a text: as written, where, and as it is compared. */
type Word = { written: string; at: number; folded: string }

/** Words without apostrophes, dots and possessive endings; hyphens part them. */
function listWords(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}’'ʼ`]|\.(?=[\p{L}\p{N}]))*/gu)].map(
    ({ 0: written, index: at }) => ({ written, at, folded: fold(written) }),
  )
}

const fold = memoizeWord((written) =>
  written
    .normalize('NFC')
    .replace(/(?<=\p{Script=Latin})[’'ʼ`]s?$/u, '')
    .replace(/[’'ʼ`.]/g, '')
    .toLowerCase(),
)

/**
 * Keeps what was made of a word, because texts consist of few words: of 20,000 at most, and of short ones
 * only. A word of more than twelve letters may be a piece of its text to V8, and would keep all of it.
 */
function memoizeWord<Made>(make: (word: string) => Made): (word: string) => Made {
  const known = new Map<string, Made>()
  return (word) => {
    const kept = known.get(word)
    if (kept !== undefined) return kept
    const made = make(word)
    if (known.size >= 20_000) known.clear()
    if (word.length <= 12) known.set(word, made)
    return made
  }
}

/**
 * Endings that Ukrainian nouns and adjectives have, as they follow what `cutEnding` leaves. A closed
 * list, so that `ефір` is not found in `ефірний`.
 */
const endings = new Set(
  (
    'а у ом ові і и ів ам ами ах ою ею ем еві єм єві я ю ї їв ям ями ях е є ь о й ий ій ого ому ої ' +
    'им их ими ім іх іми ьою єю ю ійу ця цю цем ців'
  ).split(' '),
)
const cyrillic = /^[\u0400-\u04FF]+$/u

const cutEnding = (folded: string) =>
  folded.length >= 4 ? folded.replace(/(?:ий|ій|[аеєиіїоуюяйь])$/u, '') : folded

type Part = {
  stem: string
  /** Anything may follow: the spelling has a `*`. */
  isOpen: boolean
  /** Ukrainian endings may follow. */
  isDeclined: boolean
  letters: 'capitals' | 'capital' | 'any'
}

type Spelling = { parts: Part[]; entity: NamedEntity }

function toParts(text: string): Part[] {
  const stars = new Set<number>()
  const plain = text.replace(/\*/g, (_, at: number) => {
    stars.add(at - stars.size)
    return ''
  })
  return listWords(plain).map(({ written, at, folded }) => {
    const isOpen = stars.has(at + written.length)
    const isAllCapitals = written.length > 1 && /\p{Lu}/u.test(written) && !/\p{Ll}/u.test(written)
    const isDeclined = !isOpen && !isAllCapitals && cyrillic.test(folded)
    return {
      stem: isDeclined ? cutEnding(folded) : folded,
      isOpen,
      isDeclined,
      letters: isAllCapitals ? 'capitals' : /^\p{Lu}/u.test(written) ? 'capital' : 'any',
    }
  })
}

function isSpelled(part: Part, { written, folded }: Word, withCase: boolean): boolean {
  if (!folded.startsWith(part.stem)) return false
  const rest = folded.slice(part.stem.length)
  const isForm =
    rest === '' ||
    part.isOpen ||
    (part.isDeclined && endings.has(rest)) ||
    // `ETFs`, `CEOs`.
    (part.letters === 'capitals' && rest === 's')
  if (!isForm || !withCase || part.letters === 'any') return isForm
  if (part.letters === 'capital') return /^\p{Lu}/u.test(written)
  return /^[\p{Lu}\p{N}.]+(?:[’'ʼ]?s)?$/u.test(written)
}

/** Longest ending that is cut from a word to look it up. */
const mostCut = 5

function toIndex(entities: NamedEntity[]) {
  const byStem = new Map<string, Spelling[]>()
  const openStems = new Map<string, Spelling[]>()
  const partsOfNames = new Map<string, Part[]>()
  for (const entity of entities) {
    const texts = [...Object.values(entity.names), ...entity.tickers, ...entity.also]
    for (const text of new Set(texts)) {
      const parts = toParts(text)
      const [first] = parts
      if (!first) continue
      const map = first.isOpen ? openStems : byStem
      map.set(first.stem, [...(map.get(first.stem) ?? []), { parts, entity }])
      if (entity.kind !== 'person' && entity.kind !== 'organisation') continue
      for (const part of parts) {
        if (part.stem.length < 4 || part.letters === 'any' || commonInNames.has(part.stem)) continue
        partsOfNames.set(part.stem, [...(partsOfNames.get(part.stem) ?? []), part])
      }
    }
  }

  const longestOpen = Math.max(0, ...[...openStems.keys()].map(({ length }) => length))

  /** Those whose first word the word may be. Its cost does not grow with a word without an end. */
  const listFrom = memoizeWord((folded): Spelling[] => {
    const found: Spelling[] = []
    const shortest = Math.max(1, folded.length - mostCut)
    for (let length = folded.length; length >= shortest; length -= 1) {
      found.push(...(byStem.get(folded.slice(0, length)) ?? []))
    }
    for (let length = Math.min(folded.length, longestOpen); length >= 3; length -= 1) {
      found.push(...(openStems.get(folded.slice(0, length)) ?? []))
    }
    return found
  })

  return {
    entities,
    byKey: new Map(entities.map((entity) => [entity.key, entity])),

    /** The entities with the longest spelling that stands in the words from a place on. */
    findLongest(words: Word[], from: number, withCase: boolean) {
      let length = 0
      const first = words[from]
      const spellings = first ? listFrom(first.folded) : []
      if (!first || spellings.length === 0) return { length, entities: [] }
      let found = new Set<NamedEntity>()
      for (const { parts, entity } of spellings) {
        if (parts.length < length) continue
        const isThere = parts.every((part, i) => {
          const word = words[from + i]
          return word !== undefined && isSpelled(part, word, withCase)
        })
        if (!isThere) continue
        if (parts.length > length) found = new Set()
        length = parts.length
        found.add(entity)
      }
      return { length, entities: [...found] }
    },

    isPart(word: Word): boolean {
      const shortest = Math.max(1, word.folded.length - mostCut)
      for (let length = word.folded.length; length >= shortest; length -= 1) {
        const parts = partsOfNames.get(word.folded.slice(0, length)) ?? []
        if (parts.some((part) => isSpelled(part, word, false))) return true
      }
      return false
    },
  }
}

/** Words of names that are ordinary words by themselves. */
const commonInNames = new Set(
  (
    'bank national commission exchange security police parliament cyber ministry cabinet european international federal service office department group ' +
    'capital digital trading holdings labs research foundation securities world united states house ' +
    'company block arrows three cash wallet trust global network limited internet street america ' +
    'банк національн міністерств служб комісі фонд управлінн бюро груп світов міжнародн центральн ' +
    'федеральн європейськ верховн палат агентств корпораці систем безпек систем бірж ринк фінансов ' +
    'цінн папер україн штат'
  ).split(' '),
)
