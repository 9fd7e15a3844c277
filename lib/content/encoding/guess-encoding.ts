/** Encodings of one byte for each character that are met without a label, by their WHATWG names. */
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

/** How likely bytes are text in an encoding. */
export type Guess = {
  encoding: OneByteEncoding
  /** The mean of the logarithms of the probabilities of the characters beyond ASCII. */
  score: number
  /** How many there are. */
  characters: number
}

/** In bytes: more of a text says no more about its encoding. */
const sampleLength = 200_000

/**
 * The encodings in which bytes that are neither UTF-8 nor UTF-16 may be text in Ukrainian, Russian or
 * Latin letters, the likeliest first: by the frequency of letters, by words whose case makes sense, and
 * by letters that stand among ASCII. Of encodings that give the same text the first one is listed.
 */
export function guessEncodings(bytes: Uint8Array): Guess[] {
  const sample = bytes.subarray(0, sampleLength)
  const byText = new Map<string, Guess>()
  for (const encoding of candidates) {
    const text = new TextDecoder(encoding).decode(sample)
    if (!byText.has(text)) byText.set(text, { encoding, ...scoreText(text, encoding) })
  }
  return [...byText.values()].toSorted((a, b) => b.score - a.score)
}

/** The least score at which all characters make sense. */
const leastScore = -4.6
/** How much likelier than in any other the whole text has to be, in nats, and by how many characters. */
const leastEvidence = 3.5
const leastCharacters = 2

/**
 * The encoding of such bytes where it is certain; undefined when none surely makes words of them, and
 * for UTF-8 that was cut or damaged.
 */
export function findOneByteEncoding(bytes: Uint8Array): OneByteEncoding | undefined {
  if (isDamagedUtf8(bytes.subarray(0, sampleLength))) return undefined
  const [best, next] = guessEncodings(bytes)
  if (!best || best.score < leastScore || best.characters < leastCharacters) return undefined
  const evidence = next ? (best.score - next.score) * best.characters : Number.POSITIVE_INFINITY
  return evidence >= leastEvidence ? best.encoding : undefined
}

/** Some of its letters are whole in UTF-8, which happens by accident in no other encoding. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  const broken = text.split('\uFFFD').length - 1
  const whole = text.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0
  return whole >= Math.max(1, broken / 4)
}

/** How often letters are met in Ukrainian and Russian, in per mille. */
const frequencies: Record<string, number> = {
  ...{ о: 95, а: 85, е: 65, и: 65, н: 67, т: 55, в: 50, і: 45, р: 46, с: 46, к: 39, л: 38 },
  ...{ м: 30, д: 30, п: 29, у: 31, з: 21, я: 21, ь: 18, б: 17, г: 16, ч: 13, й: 12, х: 10 },
  ...{ ц: 8, ж: 8, ю: 8, ш: 7, ы: 8, ї: 6, є: 5, щ: 4, э: 2, ф: 3, ґ: 0.5, ъ: 0.3, ё: 1 },
}

const unlikely = Math.log(0.0002)
const punctuation = /[«»„“”‘’‚‹›…–—№\u00a0]/
/** They stand among figures, and at no letter. */
const sign = /[€£₴©®°§•™±·×÷½¼¾]/
/** Of the languages of Western and Central Europe. */
const latinLetter = /[À-ÖØ-öø-ÿŒœŠšŽžŸĄąĆćĘęŁłŃńŚśŹźŻżČčĎďĚěŇňŘřŤťŮůŐőŰű]/
const isLetter = (character: string) => /\p{L}/u.test(character)
const isHigh = (character: string) => character > '\u007f'

function scoreText(text: string, encoding: OneByteEncoding): { score: number; characters: number } {
  const scoreCharacter =
    encoding.startsWith('windows-125') && encoding !== 'windows-1251' ? scoreLatin : scoreCyrillic
  let sum = 0
  let characters = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (!isHigh(character)) continue
    characters += 1
    sum += scoreCharacter(character, [text[at - 1] ?? ' ', text[at + 1] ?? ' '])
  }
  return { score: characters === 0 ? 0 : sum / characters, characters }
}

function scoreCyrillic(character: string, [before, after]: [string, string]): number {
  const frequency = frequencies[character.toLowerCase()]
  if (frequency === undefined) {
    if (sign.test(character)) return isLetter(before) || isLetter(after) ? unlikely : Math.log(0.01)
    return punctuation.test(character) && !isCyrillic(before + after) ? Math.log(0.02) : unlikely
  }
  // Words are of one alphabet.
  if (/[a-z]/i.test(before + after)) return unlikely
  const isUpper = character !== character.toLowerCase()
  const isAfterLower = isCyrillic(before) && before === before.toLowerCase()
  // A capital inside of a word.
  if (isUpper && isAfterLower) return unlikely
  return Math.log(frequency / 1000) + (isUpper ? Math.log(0.3) : 0)
}

/** Whether both neighbours are letters, so that a sign between them makes no sense. */
function isCyrillic(text: string): boolean {
  return /^[а-яёіїєґ]+$/i.test(text)
}

function scoreLatin(character: string, [before, after]: [string, string]): number {
  if (punctuation.test(character))
    return Math.log(isLetter(before) && isLetter(after) ? 0.01 : 0.03)
  if (sign.test(character)) return isLetter(before) && isLetter(after) ? unlikely : Math.log(0.01)
  if (!latinLetter.test(character)) return unlikely
  // A letter with an accent stands among letters without one.
  const isAmongAscii = /[a-z]/i.test(before) || /[a-z]/i.test(after)
  const isInRun = isHigh(before) && isLetter(before) && isHigh(after) && isLetter(after)
  if (isInRun) return Math.log(0.003)
  return Math.log(isAmongAscii ? 0.03 : 0.002)
}
