import { cyrillicStems } from './word-stems.ts'

const longestQuery = 1000
const mostWords = 10
const longestWord = 64
const shortestBeginning = 3

/**
 * A word or a quoted phrase that a reader typed, made of letters, digits and single spaces only, so
 * that inside double quotes it is never an operator of FTS5.
 */
export type QueryWord = {
  /** What is to be found as it stands. Several words are a phrase. `undefined`: its forms only. */
  exact: string | undefined
  /** Beginnings of words that are as good. */
  beginnings: string[]
}

/** Letters and digits, with apostrophes and hyphens inside a word and `.` `,` inside a number. */
const word =
  /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:(?:['’ʼ‐‑-]|(?<=\p{N})[.,](?=\p{N}))[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu

/**
 * What a reader typed → its words and quoted phrases, at most ten, each once. Cyrillic words stand for
 * their forms; the last word, when it is three letters or more and not in a phrase, also for the
 * beginning of longer ones.
 */
export function parseQueryWords(text: string): QueryWord[] {
  const parts = text
    .slice(0, longestQuery)
    .normalize('NFC')
    .replace(/[“”„«»]/g, '"')
    .split('"')
  // After a last, unmatched quotation mark nothing is a phrase.
  const phrasesEnd = parts.length % 2 === 0 ? parts.length - 1 : parts.length
  const found = parts.flatMap((part, i): { tokens: string; isPhrase: boolean }[] => {
    const words = (part.match(word) ?? []).map(toTokens)
    const isPhrase = i % 2 === 1 && i < phrasesEnd
    return (isPhrase ? [words.join(' ')] : words).map((tokens) => ({ tokens, isPhrase }))
  })
  const distinct = new Map(
    found
      .filter(({ tokens }) => tokens !== '')
      .slice(0, mostWords)
      .map(({ tokens, isPhrase }, i, all) => {
        const isLast = i === all.length - 1
        const queryWord = isPhrase ? asItStands(tokens) : toQueryWord(tokens, isLast)
        return [JSON.stringify(queryWord), queryWord] as const
      }),
  )
  return [...distinct.values()]
}

/** `Kraken’s` → `Kraken`, `BIP-341` → `BIP 341`: what stands between the marks, as the index has it. */
function toTokens(text: string): string {
  return text
    .slice(0, longestWord)
    .replace(/['’ʼ]s$/i, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
}

function toQueryWord(tokens: string, isLast: boolean): QueryWord {
  const isOneWord = !tokens.includes(' ')
  const stems = isOneWord && /^\p{Script=Cyrillic}+$/u.test(tokens) ? cyrillicStems(tokens) : []
  if (stems.length > 0) return { exact: undefined, beginnings: stems }
  const isBeginning = isLast && isOneWord && tokens.length >= shortestBeginning
  return { exact: tokens, beginnings: isBeginning ? [tokens] : [] }
}

const asItStands = (tokens: string): QueryWord => ({ exact: tokens, beginnings: [] })
