const candidates = [
  'windows-1251',
  'koi8-u',
  'ibm866',
  'iso-8859-5',
  'x-mac-cyrillic',
  'windows-1252',
  'windows-1250',
] as const

export type OneByteEncoding = (typeof candidates)[number]

/** A sample is enough: the first letters that are not ASCII decide. */
const mostBytes = 200_000

/**
 * The encoding in which bytes that are not UTF-8 are words of Ukrainian, Russian, or a language in Latin
 * letters; undefined when none certainly is, and for UTF-8 that was cut or damaged. Two that give
 * the same text are one answer.
 */
export function guessOneByteEncoding(bytes: Uint8Array): OneByteEncoding | undefined {
  const sample = bytes.subarray(0, mostBytes)
  if (isDamagedUtf8(sample)) return undefined
  const scores = candidates.map((encoding) => {
    const text = new TextDecoder(encoding).decode(sample)
    return { encoding, text, score: scoreOf(text) }
  })
  scores.sort((a, b) => b.score - a.score)
  const [best] = scores
  const other = scores.find(({ text }) => text !== best?.text)
  if (!best || best.score < 0.62) return undefined
  return other && best.score - other.score < 0.12 ? undefined : best.encoding
}

/** Some of its letters are whole in UTF-8, which happens by accident in no other encoding. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  const broken = text.split('\uFFFD').length - 1
  const whole = text.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0
  return whole >= Math.max(1, broken / 4)
}

/** The ten letters of which most of a Ukrainian or Russian text consists. */
const common = new Set('оаиніетвсрлкё')
const cyrillicWord = /^[А-Яа-яЁёЄєІіЇїҐґ]+$/
const latinWord = /^[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸĄąĆćĘęŁłŃńŚśŹźŻżČčĎďĚěŇňŘřŤťŮůŐőŰű]+$/
const typographic = /[«»“”„‘’‚‹›—–…№€£₴°§©®™±·•\u00a0×÷½¼¾]/

/**
 * From 0 to 1: how far the characters that are not ASCII stand in words that people write, in one
 * script and in one of its ways of writing capitals.
 */
function scoreOf(text: string): number {
  let total = 0
  let plausible = 0
  for (const [run] of text.matchAll(/[\p{L}\p{M}]+|[^\0-\x7f\p{L}\p{M}]/gu)) {
    const high = run.match(/[^\0-\x7f]/g)?.length ?? 0
    if (high === 0) continue
    total += high
    if (typographic.test(run)) plausible += high
    else if (cyrillicWord.test(run) && isWellCased(run)) plausible += weighCyrillic(run)
    else if (latinWord.test(run) && isWellCased(run) && high <= Math.max(1, run.length * 0.7)) {
      plausible += run.length > 1 ? high : high / 2
    }
  }
  return total === 0 ? 0 : plausible / total
}

const isWellCased = (word: string): boolean =>
  word === word.toLowerCase() ||
  word === word.toUpperCase() ||
  word.slice(1) === word.slice(1).toLowerCase()

/** In KOI8 and windows-1251 the same bytes are letters of the other case, and rarer ones. */
function weighCyrillic(word: string): number {
  let weight = 0
  for (const letter of word) {
    const lower = letter.toLowerCase()
    weight += (common.has(lower) ? 1 : 0.55) * (lower === letter ? 1 : 0.8)
  }
  return weight
}
