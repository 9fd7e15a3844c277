/**
 * UTF-8 that somebody read as a one-byte encoding: each character has become two to four, the first
 * of them a letter and the others mostly signs. A sequence is one such group.
 */
export type Sequence = {
  start: number
  end: number
  character: string
  lead: number
  signs: number[]
}

/** `certain` is broken on its own; `likely` only in company of certain ones that broke the same way. */
type Verdict = 'certain' | 'likely' | 'genuine'

/** An unbroken row of sequences: where it begins and ends, and how many it has. */
export type Run = { start: number; end: number; length: number }

type Evidence = { line: string; sequence: Sequence; run: Run }

export type Misreading = {
  /** Two characters that begin a sequence; text without them is not looked at any further. */
  hint: RegExp
  bytes: Map<string, number>
  judge(evidence: Evidence): Verdict
}

/** Read as Windows-1252, where the five unused bytes become control characters (WHATWG Encoding). */
export const readAsWindows1252: Misreading = {
  hint: /[\u00C2-\u00F4][\u0080-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u02C6\u02DC\u2013-\u203A\u20AC\u2122]/,
  bytes: listBytes('windows-1252'),
  judge: judgeWindows1252,
}

/** Read as Windows-1251. Genuine Ukrainian has `Рі` and `Сі`, so nothing short counts there. */
export const readAsWindows1251: Misreading = {
  hint: /[ВГРСТвр][\u0080-\u00BF\u0401-\u040F\u0451-\u045F\u0490\u0491\u2013-\u203A\u20AC\u2116\u2122]/,
  bytes: listBytes('windows-1251'),
  judge: judgeWindows1251,
}

function listBytes(encoding: string): Map<string, number> {
  const upper = Uint8Array.from({ length: 128 }, (_, at) => at + 128)
  const characters = [...new TextDecoder(encoding).decode(upper)]
  return new Map(characters.map((character, at) => [character, at + 128]))
}

/** Bytes whose Windows-1252 characters end or join words in genuine text: ‘ ’ “ ” – — … ‹ › « » … */
const punctuation = new Set([
  0x85, 0x8b, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x9b, 0xa0, 0xab, 0xbb,
])
/** … and those that may follow a word in capitals: † ‡ • ™ © ª ® ° ² ³ · ¹ º, and ¡ ¿ before one. */
const afterCapitals = new Set([
  0x86, 0x87, 0x95, 0x99, 0xa1, 0xa9, 0xaa, 0xae, 0xb0, 0xb2, 0xb3, 0xb7, 0xb9, 0xba, 0xbf,
])

function judgeWindows1252({ line, sequence, run }: Evidence): Verdict {
  if (run.length >= 3) return 'certain'
  const { lead, signs } = sequence
  const [second = 0, third = 0] = signs
  if (lead === 0xe2) {
    if (second > 0x9f && second !== 0xac) return 'genuine'
    return punctuation.has(second) && punctuation.has(third) ? 'genuine' : 'certain'
  }
  if (lead === 0xf0) return second === 0x9f ? 'certain' : 'genuine'
  if (lead === 0xef) return second === 0xbb || second === 0xbf ? 'certain' : 'genuine'
  if (lead === 0xe1) {
    if (second !== 0xba && second !== 0xbb) return 'genuine'
    return punctuation.has(third) || third === 0xbf || third === 0xa1 ? 'likely' : 'certain'
  }
  if (lead > 0xdf) return 'genuine'
  if (lead === 0xc2 && second < 0xa0) return 'certain'
  const before = line[sequence.start - 1] ?? ''
  const isAfterCapital = /\p{Lu}/u.test(before)
  if (lead === 0xc2 || lead === 0xc6) return isAfterCapital ? 'likely' : 'certain'
  if (lead > 0xc5) return run.length === 2 && lead >= 0xce && lead <= 0xd1 ? 'certain' : 'likely'
  if (punctuation.has(second)) {
    const isInsideWord =
      /\p{Ll}/u.test(before) || (!isAfterCapital && /^\p{Ll}/u.test(line.slice(sequence.end)))
    return isInsideWord ? 'certain' : 'likely'
  }
  return afterCapitals.has(second) && isAfterCapital ? 'likely' : 'certain'
}

/** Second and third byte of the signs that Ukrainian text has: € ₴ ₿ № ™ ← ↑ → ↓ − ≈ ≤ ≥. */
const usualSigns = new Set([
  0x82ac, 0x82b4, 0x82bf, 0x8496, 0x84a2, 0x8690, 0x8691, 0x8692, 0x8693, 0x8892, 0x8988, 0x89a4,
  0x89a5,
])

function judgeWindows1251({ line, sequence, run }: Evidence): Verdict {
  const { lead, signs, character } = sequence
  const [second = 0, third = 0] = signs
  if (lead === 0xe2 && (second === 0x80 || usualSigns.has(second * 256 + third))) return 'certain'
  if (lead === 0xf0 && second === 0x9f) return 'certain'
  const isFamiliar = lead === 0xc2 || /[\u0400-\u045F\u0490\u0491]/.test(character)
  if (run.length >= 3 && (isFamiliar || lead > 0xdf)) return 'certain'
  if (!isFamiliar || isLetter(line[run.end]) || isLetter(line[run.start - 1])) return 'genuine'
  return 'likely'
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character)
}
