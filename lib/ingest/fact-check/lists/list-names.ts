import { isKnownName } from '#lib/site/names.ts'
import { commonWords } from './common-words.ts'

/** A word that names somebody or something, as it is written. */
export type FoundName = {
  text: string
  kind: 'name' | 'ticker'
  at: number
  /** It only may be a name: it stands where every word has a capital. */
  isDoubtful: boolean
}

/** In characters. What is longer is no name; its beginning is looked for. */
const maxNameLength = 100

const word = /\$?[\p{L}\p{N}][\p{L}\p{M}\p{N}&’'ʼ.-]*/gu

/**
 * The names of an English or Ukrainian text: words with a capital inside a sentence, and at its
 * beginning those that are no ordinary words; tickers and words with digits (`ERC-20`, `Q3`). In a
 * headline in which every word has a capital, only names that are known.
 */
export function listNames(text: string): FoundName[] {
  const found: FoundName[] = []
  for (const line of splitLines(text)) {
    const isAllCapitals = isTitleCase(line.text)
    for (const match of line.text.matchAll(word)) {
      const written = withoutMarks(match[0].slice(0, maxNameLength))
      const at = line.at + match.index
      const name = toName(written, isFirst(line.text, match.index), isAllCapitals)
      if (name) found.push({ ...name, at })
    }
  }
  return found
}

/** Without the marks at its end, but `U.S.` and `J.` keep their dots. */
function withoutMarks(written: string): string {
  return written.replace(/(?<!\.\p{Lu})[.’'ʼ&-]+$/u, '')
}

function splitLines(text: string): { text: string; at: number }[] {
  let at = 0
  return text.split('\n').map((line) => {
    const start = at
    at += line.length + 1
    return { text: line, at: start }
  })
}

function toName(
  written: string,
  isAtStart: boolean,
  isAllCapitals: boolean,
): Omit<FoundName, 'at'> | undefined {
  const plain = written.replace(/^\$/, '').replace(/[’'ʼ]s$/u, '')
  if (!/\p{L}/u.test(plain)) return undefined
  const name = { text: written, kind: 'name' as const, isDoubtful: false }
  if (isTicker(written)) return { ...name, kind: 'ticker' }
  if (/\p{N}/u.test(plain)) return /^\d/.test(plain) ? undefined : name
  if (!/^\p{Lu}/u.test(plain)) return /^\p{Ll}+\p{Lu}/u.test(plain) ? name : undefined
  if (isKnownName(plain)) return name
  if (plain.length === 1 || commonWords.has(plain.toLowerCase())) return undefined
  if (/^\p{Lu}\p{Ll}+\p{Lu}/u.test(plain)) return name
  if (isAllCapitals) return undefined
  if (!isAtStart) return name
  return isPlainlyCommon(plain) ? undefined : { ...name, isDoubtful: true }
}

/** `$BTC`, `BTC`, `USDT`, `U.S.`: capitals and digits only, and short. */
function isTicker(written: string): boolean {
  return (
    /^\$\p{L}[\p{L}\p{N}]{0,9}$/u.test(written) ||
    /^(?:\p{Lu}\.){2,}$|^\p{Lu}[\p{Lu}\p{N}]{1,6}$/u.test(written)
  )
}

function isFirst(line: string, at: number): boolean {
  return (
    at === 0 ||
    /(?:[.!?…:;]["”»’)\]]*\s+|[-–—•*]\s+|["“«(„]\s*)$/u.test(line.slice(Math.max(0, at - 40), at))
  )
}

/** Endings of English words that begin sentences and are hardly ever names; Cyrillic is not judged. */
function isPlainlyCommon(plain: string): boolean {
  if (/[\u0400-\u04FF]/u.test(plain)) return true
  return /(?:ing|ly|ed|tion|tions|ment|ments|ness|ity|ities|ance|ence|ors|ers|ists|als|ies|ists|ious|ive|able|ful|less|ism|ships?|ages?|ures?|ants|ents|ysts|ees|ants|ants|ists)$/.test(
    plain.toLowerCase(),
  )
}

/** Most of the longer words have a capital, and there are enough of them to tell. */
function isTitleCase(line: string): boolean {
  const words = line.match(/\p{L}[\p{L}\p{M}’'-]{3,}/gu) ?? []
  const capitals = words.filter((one) => /^\p{Lu}/u.test(one))
  return words.length >= 4 && capitals.length / words.length > 0.7
}
