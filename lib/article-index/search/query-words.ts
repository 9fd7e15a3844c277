import { cyrillicStems } from './cyrillic-stems.ts'

const longestQuery = 1000
const mostWords = 10
const longestWord = 64
const shortestPrefix = 3

/** Letters and digits, with apostrophes and hyphens inside a word and `.` `,` inside a number. */
const word =
  /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:(?:['’ʼ‐‑-]|(?<=\p{N})[.,](?=\p{N}))[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu

/**
 * What a reader typed → one FTS5 expression for each word or quoted phrase, at most ten. They are
 * made of letters, digits and spaces inside double quotes only, so nothing typed is ever an operator.
 *
 * Cyrillic words stand for their forms; the last word, when it is three letters or more and not in a
 * phrase, also for the beginning of longer ones.
 */
export function parseQueryWords(text: string): string[] {
  const parts = text
    .slice(0, longestQuery)
    .normalize('NFC')
    .replace(/[“”„«»]/g, '"')
    .split('"')
  // After a last, unmatched quotation mark nothing is a phrase.
  const phrasesEnd = parts.length % 2 === 0 ? parts.length - 1 : parts.length
  const found = parts.flatMap((part, i) => {
    const words = (part.match(word) ?? []).map(toTokens)
    const isPhrase = i % 2 === 1 && i < phrasesEnd
    return isPhrase ? [{ tokens: words.join(' '), isPhrase }] : words.map(toWord)
  })
  const expressions = found
    .filter(({ tokens }) => tokens !== '')
    .slice(0, mostWords)
    .map(({ tokens, isPhrase }, i, all) =>
      isPhrase ? `"${tokens}"` : toExpression(tokens, i === all.length - 1),
    )
  return Array.from(new Set(expressions))
}

function toWord(tokens: string): { tokens: string; isPhrase: boolean } {
  return { tokens, isPhrase: false }
}

/** `Kraken’s` → `Kraken`, `BIP-341` → `BIP 341`: what stands between the marks, as the index has it. */
function toTokens(text: string): string {
  return text
    .slice(0, longestWord)
    .replace(/['’ʼ]s$/i, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
}

function toExpression(tokens: string, isLast: boolean): string {
  const isOneWord = !tokens.includes(' ')
  const stems = isOneWord && /^\p{Script=Cyrillic}+$/u.test(tokens) ? cyrillicStems(tokens) : []
  if (stems.length > 0) return anyOf(stems.map((stem) => `"${stem}"*`))
  const isBeginning = isLast && tokens.length >= shortestPrefix
  return isBeginning ? anyOf([`"${tokens}"`, `"${tokens}"*`]) : `"${tokens}"`
}

function anyOf(expressions: string[]): string {
  return expressions.length === 1 ? expressions.join('') : `(${expressions.join(' OR ')})`
}
