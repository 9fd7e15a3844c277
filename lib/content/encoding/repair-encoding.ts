import {
  type Misreading,
  type Run,
  readAsWindows1251,
  readAsWindows1252,
  type Sequence,
} from './misread-utf8.ts'

/**
 * Mends UTF-8 that was read as Windows-1252 (`theâ€¦` → `the…`) or Windows-1251 (`Р‘С–С‚РєРѕС—РЅ` →
 * `Біткоїн`), also when that happened twice. Genuine text that only looks a little like it is left
 * alone; evidence is weighed line by line. Takes time in proportion to the text.
 *
 * Only characters from U+00A0 up come out, and no line end is added or removed, so mending never
 * touches the quotes and the structure of YAML or Markdown.
 */
export function repairEncoding(text: string): string {
  if (!isSuspicious(text)) return text
  return text.split('\n').map(repairLine).join('\n')
}

function isSuspicious(text: string): boolean {
  return (
    readAsWindows1252.hint.test(text) || readAsWindows1251.hint.test(text) || text.includes('â€')
  )
}

/** Text can have been broken more than once; each pass takes one layer off. */
function repairLine(line: string): string {
  let mended = line
  for (let pass = 0; pass < 3 && isSuspicious(mended); pass += 1) {
    const before = mended
    mended = undo(readAsWindows1251, undo(readAsWindows1252, restoreLostQuote(mended)))
    if (mended === before) break
  }
  return mended
}

/** The last byte of a closing ” has no character in Windows-1252, and many programs drop it. */
function restoreLostQuote(line: string): string {
  return line.includes('â€') ? line.replace(/(?<=\S)â€(?=[ \t.,;:!?)\]}*_'"]|$)/g, '”') : line
}

function undo(misreading: Misreading, line: string): string {
  if (!misreading.hint.test(line)) return line
  const sequences = listSequences(line, misreading.bytes)
  const verdicts = listRuns(sequences).flatMap((run) =>
    run.sequences.map((sequence) => misreading.judge({ line, sequence, run })),
  )
  const families = new Set(
    sequences.filter((_, at) => verdicts[at] === 'certain').map(({ lead }) => familyOf(lead)),
  )
  let mended = ''
  let end = 0
  for (const [at, { start, end: next, character, lead }] of sequences.entries()) {
    const verdict = verdicts[at]
    if (verdict === 'genuine' || (verdict === 'likely' && !families.has(familyOf(lead)))) continue
    mended += line.slice(end, start) + (character === '\uFEFF' ? '' : character)
    end = next
  }
  return mended + line.slice(end)
}

/** Letters of two bytes break alike; a lone sign of three bytes says nothing about them. */
function familyOf(lead: number): number {
  return lead < 0xe0 ? 0xc0 : lead
}

function listRuns(sequences: Sequence[]): (Run & { sequences: Sequence[] })[] {
  const runs: (Run & { sequences: Sequence[] })[] = []
  for (const sequence of sequences) {
    const run = runs.at(-1)
    if (run?.end === sequence.start) {
      run.sequences.push(sequence)
      run.length += 1
      run.end = sequence.end
    } else {
      runs.push({ start: sequence.start, end: sequence.end, length: 1, sequences: [sequence] })
    }
  }
  return runs
}

function listSequences(line: string, bytes: Map<string, number>): Sequence[] {
  const sequences: Sequence[] = []
  for (let start = 0; start < line.length - 1; ) {
    const sequence = line.charCodeAt(start) < 0xc2 ? undefined : readSequence(line, start, bytes)
    if (sequence) sequences.push(sequence)
    start = sequence?.end ?? start + 1
  }
  return sequences
}

function readSequence(
  line: string,
  start: number,
  bytes: Map<string, number>,
): Sequence | undefined {
  const lead = bytes.get(line[start] ?? '') ?? 0
  if (lead < 0xc2 || lead > 0xf4) return undefined
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  const signs: number[] = []
  let codePoint = lead & (0xff >> (length + 1))
  for (let at = start + 1; at < start + length; at += 1) {
    const byte = bytes.get(line[at] ?? '') ?? 0
    if (byte < 0x80 || byte > 0xbf) return undefined
    signs.push(byte)
    codePoint = codePoint * 64 + (byte & 0x3f)
  }
  if (!isText(codePoint, length)) return undefined
  const character = String.fromCodePoint(codePoint)
  return { start, end: start + length, character, lead, signs }
}

/** The control characters that stand for the unused bytes of both encodings: text broken twice. */
const unusedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x98, 0x9d])

/** Refuses overlong forms, surrogates, control characters, and line ends that only Unicode knows. */
function isText(codePoint: number, length: number): boolean {
  if (codePoint < 0xa0) return unusedBytes.has(codePoint)
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000
  if (codePoint < least || codePoint > 0x10ffff) return false
  if (codePoint === 0x2028 || codePoint === 0x2029) return false
  return codePoint < 0xd800 || codePoint > 0xdfff
}
