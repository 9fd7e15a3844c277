/** Pairs of marks that hold somebody's words. Single marks are apostrophes too often. */
const pairs = [
  /“([^“”]{2,2000})”/gu,
  /"([^"\n]{2,2000})"/gu,
  /«([^«»]{2,2000})»/gu,
  /„([^„“”]{2,2000})[“”]/gu,
]

/** What stands in quotation marks, without them. */
export function listQuotations(text: string): string[] {
  return pairs.flatMap((pair) => [...text.matchAll(pair)].map((match) => match[1] ?? ''))
}

/** Letters and digits only, in lower case, single spaces between: what a quotation is compared by. */
export function toPlainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’'ʼ`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The pieces of a quotation between ellipses and insertions in brackets. */
export function splitQuotation(quotation: string): string[] {
  return quotation
    .split(/…|\.\.\.|\[[^[\]]*\]|\([^()]*\)/)
    .map(toPlainWords)
    .filter((piece) => piece !== '')
}
