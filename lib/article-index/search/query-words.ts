const longestQuery = 1000
const mostWords = 10
const longestWord = 64
const shortestBeginning = 3

/**
 * A word or a quoted phrase that a reader typed, made of letters, digits and single spaces only, so
 * that inside double quotes it is never an operator of FTS5.
 */
export type QueryWord = {
  /** Several words, with a space between them, are to be found together. */
  text: string
  /** It is found as it stands: no other form of it. */
  isQuoted: boolean
  /** It may be the beginning of a longer word: the reader is still typing. */
  isBeginning: boolean
}

/** Letters and digits, with apostrophes and hyphens inside a word and `.` `,` inside a number. */
const word =
  /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:(?:['’ʼ`‐‑-]|(?<=\p{N})[.,](?=\p{N}))[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu

/**
 * What a reader typed → its words and quoted phrases, at most ten, each once. The last word may be a
 * beginning when it is three letters or more and not in a phrase.
 */
export function parseQueryWords(text: string): QueryWord[] {
  const parts = text
    .slice(0, longestQuery)
    .normalize('NFC')
    .replace(/[“”„«»]/g, '"')
    .split('"')
  // After a last, unmatched quotation mark nothing is a phrase.
  const phrasesEnd = parts.length % 2 === 0 ? parts.length - 1 : parts.length
  const found = parts.flatMap((part, i): { tokens: string; isQuoted: boolean }[] => {
    const words = (part.match(word) ?? []).map(toTokens)
    const isQuoted = i % 2 === 1 && i < phrasesEnd
    return (isQuoted ? [words.join(' ')] : words).map((tokens) => ({ tokens, isQuoted }))
  })
  const distinct = new Map<string, QueryWord>()
  const all = found.filter(({ tokens }) => tokens !== '').slice(0, mostWords)
  for (const [i, { tokens, isQuoted }] of all.entries()) {
    const isBeginning =
      i === all.length - 1 &&
      !isQuoted &&
      !tokens.includes(' ') &&
      tokens.length >= shortestBeginning
    const one = { text: tokens, isQuoted, isBeginning }
    distinct.set(JSON.stringify(one), one)
  }
  return [...distinct.values()]
}

/**
 * What stands between the marks, as the index has it: `Kraken’s` → `Kraken`, `BIP-341` → `BIP 341`,
 * `зв’язок` → `звязок`.
 */
function toTokens(text: string): string {
  return toOneScript(text.slice(0, longestWord))
    .replace(/['’ʼ]s$/i, '')
    .replace(/(?<=[\u0400-\u04FF])['’ʼ`](?=[\u0400-\u04FF])/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
}

/** Letters that look alike in the two scripts, in the same order. */
const latinLookalikes = 'aceiopxyABCEHIKMOPTXY'
const cyrillicLookalikes = 'асеіорхуАВСЕНІКМОРТХУ'

/** `бiткоїн`, whose second letter is Latin, in the script that the other letters are of. */
function toOneScript(text: string): string {
  if (!/\p{Script=Latin}/u.test(text) || !/\p{Script=Cyrillic}/u.test(text)) return text
  for (const [from, to] of [
    [latinLookalikes, cyrillicLookalikes],
    [cyrillicLookalikes, latinLookalikes],
  ] as const) {
    const foreign = from === latinLookalikes ? /\p{Script=Latin}/gu : /\p{Script=Cyrillic}/gu
    const letters = text.match(foreign) ?? []
    if (letters.every((letter) => from.includes(letter))) {
      return text.replace(foreign, (letter) => to[from.indexOf(letter)] ?? letter)
    }
  }
  return text
}
