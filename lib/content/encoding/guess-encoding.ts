/** Encodings of one byte for each character that are met without a label, by their WHATWG names. */
export type GuessedEncoding = 'windows-1251' | 'koi8-u' | 'ibm866' | 'windows-1252'

/** `margin` says how much likelier it is than the next one, per character beyond ASCII, in nats. */
export type Guess = { encoding: GuessedEncoding; margin: number; characters: number }

const candidates: GuessedEncoding[] = ['windows-1251', 'koi8-u', 'ibm866', 'windows-1252']

/** In bytes: more of a text says no more about its encoding. */
const sampleLength = 200_000

/**
 * The encoding of bytes that are neither UTF-8 nor UTF-16: that in which they are the likeliest
 * Ukrainian, Russian or Western European text, by the frequency of letters, by words whose case makes
 * sense, and by letters that stand among ASCII.
 */
export function guessEncoding(bytes: Uint8Array): Guess {
  const sample = bytes.subarray(0, sampleLength)
  const scores = candidates
    .map((encoding) => ({ encoding, ...scoreText(sample, encoding) }))
    .toSorted((a, b) => b.score - a.score)
  const [best, next] = scores
  return {
    encoding: best?.encoding ?? 'windows-1252',
    margin: (best?.score ?? 0) - (next?.score ?? 0),
    characters: best?.characters ?? 0,
  }
}

/** How often letters are met in Ukrainian and Russian, in per mille. */
const frequencies: Record<string, number> = {
  ...{ о: 95, а: 85, е: 65, и: 65, н: 67, т: 55, в: 50, і: 45, р: 46, с: 46, к: 39, л: 38 },
  ...{ м: 30, д: 30, п: 29, у: 31, з: 21, я: 21, ь: 18, б: 17, г: 16, ч: 13, й: 12, х: 10 },
  ...{ ц: 8, ж: 8, ю: 8, ш: 7, ы: 8, ї: 6, є: 5, щ: 4, э: 2, ф: 3, ґ: 0.5, ъ: 0.3, ё: 1 },
}

const unlikely = Math.log(0.0002)
const punctuation = /[«»„“”‘’…–—№€£©®°§•™\u00a0]/
const isLetter = (character: string) => /\p{L}/u.test(character)
const isHigh = (character: string) => character > '\u007f'

/** The mean of the logarithms of probabilities of the characters beyond ASCII. */
function scoreText(
  bytes: Uint8Array,
  encoding: GuessedEncoding,
): { score: number; characters: number } {
  const text = new TextDecoder(encoding).decode(bytes)
  let sum = 0
  let characters = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (!isHigh(character)) continue
    characters += 1
    const around: [string, string] = [text[at - 1] ?? ' ', text[at + 1] ?? ' ']
    sum +=
      encoding === 'windows-1252' ? scoreLatin(character, around) : scoreCyrillic(character, around)
  }
  return { score: characters === 0 ? 0 : sum / characters, characters }
}

function scoreCyrillic(character: string, [before, after]: [string, string]): number {
  const frequency = frequencies[character.toLowerCase()]
  if (frequency === undefined) {
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
  if (!isLetter(character)) return unlikely
  // A letter with an accent stands among letters without one.
  const isAmongAscii = /[a-z]/i.test(before) || /[a-z]/i.test(after)
  const isInRun = isHigh(before) && isLetter(before) && isHigh(after) && isLetter(after)
  if (isInRun) return unlikely
  return Math.log(isAmongAscii ? 0.03 : 0.002)
}
