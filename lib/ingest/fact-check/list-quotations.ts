/** Words of somebody that a text sets apart. */
export type Quotation = {
  /** Without the marks. */
  text: string
  /** How many words it has. */
  length: number
  at: number
  /** It stands inside a sentence, as the name of something does. */
  mayBeTitle?: true
  /** It opens the line, and nothing closes it: it goes on in the next one. */
  isWholeLine?: true
}

/** In characters: longer than any quotation of news. */
const maxLength = 2000

const closers: Record<string, string> = {
  '«': '»',
  '»': '«',
  '“': '”',
  '„': '“”"',
  '‟': '”',
  '‘': '’',
  '‚': '‘’',
  '‹': '›',
  '"': '"',
  '”': '”',
}
const opening = /[«»“„‟‘‚‹]|(?<![\p{L}\p{N}.,!?…])["”](?=\S)|(?<=^|[\s([—–:-])'(?=[\p{L}\p{N}])/gu

/**
 * What stands between quotation marks of any kind, and the speech that a Ukrainian dash begins. A mark
 * that nothing closes holds the rest of its line.
 */
export function listQuotations(text: string): Quotation[] {
  const found: Quotation[] = []
  let at = 0
  for (const line of text.split('\n')) {
    found.push(...listMarked(line, at), ...listSpoken(line, at))
    at += line.length + 1
  }
  return found
}

function listMarked(line: string, start: number): Quotation[] {
  const found: Quotation[] = []
  let from = 0
  for (const match of line.matchAll(opening)) {
    if (match.index < from) continue
    const mark = match[0]
    const inside = match.index + 1
    // The second half of a pair whose first half stands on another line.
    if (/[»”]/.test(mark) && !/^[\p{L}\p{N}]/u.test(line.slice(inside))) continue
    if (mark === '‘' && !/^[\p{L}\p{N}"“«]/u.test(line.slice(inside))) continue
    const closing = findEnd(line, mark, inside)
    // Where another quotation begins after a sentence, this one lacks its end.
    const end =
      closing !== undefined && closing < findNextStart(line, inside, '«“„"') ? closing : undefined
    // An apostrophe that nothing closes is one, as in the '90s, but where speech begins.
    const isApostrophe = end === undefined && !/[:,]\s'\p{Lu}$/u.test(line.slice(0, inside + 1))
    if (mark === "'" && (isApostrophe || /\d/.test(line[inside] ?? ''))) continue
    const last = end ?? findNextStart(line, inside, '«“„"‘\'')
    const text = line.slice(inside, last).trim()
    const length = countWords(text)
    if (length === 0) {
      from = end === undefined ? last : end + 1
      continue
    }
    from = end === undefined ? last : end + 1
    const isAfterColon = /:\s*$/.test(line.slice(Math.max(0, match.index - 3), match.index))
    const mayBeTitle = end !== undefined && !isAfterColon && !/[.!?…]$/.test(text)
    const pieces = splitInterrupted(text)
    found.push(
      ...pieces.map((piece) => ({
        text: piece,
        length: countWords(piece),
        at: start + inside,
        ...(mayBeTitle && pieces.length === 1 ? { mayBeTitle: true as const } : {}),
        ...(match.index === 0 && last === line.length ? { isWholeLine: true as const } : {}),
      })),
    )
  }
  return found
}

/** In paragraphs: a quotation that goes on for longer lacks its end by mistake. */
const mostParagraphs = 12

/**
 * Which parts of lines are within a quotation that began on a line before them, with the number of the
 * line: up to the mark that closes it, or whole. Nothing of a quotation that nothing closes.
 */
export function listContinued(lines: string[]): Map<number, Quotation> {
  const continued = new Map<number, Quotation>()
  /** Lines since one on which a quotation was left open; undefined while none is. */
  let waiting: number[] | undefined
  const add = (number: number, text: string) =>
    continued.set(number, { text, length: countWords(text), at: 0, isWholeLine: true })
  for (const [number, line] of lines.entries()) {
    const first = line.search(sureMark)
    const mark = first === -1 ? '' : line.charAt(first)
    const isClosing = mark !== '' && isClosingAt(line, first)
    if (isClosing) {
      add(number, line.slice(0, first))
      for (const one of waiting ?? []) add(one, lines[one] ?? '')
      waiting = undefined
    } else if (mark !== '' || (waiting && waiting.length >= mostParagraphs)) waiting = undefined
    else waiting?.push(number)
    if (isLeftOpen(line)) waiting = []
  }
  return continued
}

/** Marks of which it is sure whether they open or close; an inch mark follows a digit. */
const sureMark = /[«»“”„]|(?<!\d)"/u

/** “ opens in English and closes in Ukrainian; what stands before a letter opens. */
function isClosingAt(line: string, at: number): boolean {
  const mark = line.charAt(at)
  if (/[«„]/.test(mark)) return false
  if (mark === '»' || mark === '”') return at > 0 && !/\s/.test(line.charAt(at - 1))
  return (
    /[\p{L}\p{N}.,!?…]/u.test(line.charAt(at - 1)) && !/^[\p{L}\p{N}]/u.test(line.slice(at + 1))
  )
}

function isLeftOpen(line: string): boolean {
  let isOpen = false
  for (const { index } of line.matchAll(new RegExp(sureMark, 'gu')))
    isOpen = !isClosingAt(line, index)
  return isOpen
}

/** Words with capitals that follow each other, which another language may set in quotation marks. */
export function listTitles(text: string): Quotation[] {
  return [...text.matchAll(title)].map(({ 0: found, index }) => ({
    text: found,
    length: countWords(found),
    at: index,
  }))
}

const title =
  /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}’'-]*(?: (?:of |the |for |and |in |on ){0,2}\p{Lu}[\p{L}\p{N}’'-]*)+/gu

/** «We sell, — said he, — and buy»: what the writer puts between is not the speaker's. */
function splitInterrupted(text: string): string[] {
  const between = interruption.exec(text)
  if (!between) return [text]
  return [text.slice(0, between.index), text.slice(between.index + between[0].length)]
}

/** Where another quotation begins after a sentence, or the line ends: there ends one that nothing closes. */
function findNextStart(line: string, inside: number, marks: string): number {
  const last = Math.min(line.length, inside + maxLength)
  const next = line
    .slice(inside, last)
    .search(new RegExp(`[.!?…]\\s+(?:[\\p{L}\\s:,]{0,40}\\s)?[${marks}](?=\\p{L})`, 'u'))
  return next === -1 ? last : inside + next + 1
}

/** Where a quotation ends. The apostrophe of a word closes none. */
function findEnd(line: string, mark: string, inside: number): number | undefined {
  const closing = closers[mark] ?? mark
  const last = Math.min(line.length, inside + maxLength)
  for (let at = inside; at < last; at += 1) {
    const character = line[at] ?? ''
    if (!closing.includes(character)) continue
    const isApostrophe =
      /['’‘]/.test(character) && /^[\p{L}\p{N}]/u.test(line.slice(at + 1, at + 3))
    // A straight mark between a space and a letter opens another quotation inside.
    const opensInside = character === '"' && /^\s"[\p{L}\p{N}]/u.test(line.slice(at - 1, at + 2))
    if (!isApostrophe && !opensInside) return at
  }
  // «…" and “…": pairs that are none close each other all the same.
  const other = /['‘‚]/.test(mark) ? -1 : line.slice(inside, last).search(/["”“»](?![\p{L}\p{N}])/u)
  return other === -1 ? undefined : inside + other
}

/** Beginnings of verbs of speech. */
export const sayings =
  'сказа|каже|заяви|заявл|зазнач|відпові|додав|додал|поясни|пише|писа|повідоми|розпові|наголоси|підкресли|вважа|переконан|запита|вигукну|поділи|прокоментува|попереди|says?|said|added|told|wrote|asked|replied'
const interruption = new RegExp(
  `[,!?…][\\s\u00a0]+[—–-][\\s\u00a0]+(?:\\p{L}+\\s+){0,3}(?:${sayings})[^—–]{0,80}[.,][\\s\u00a0]+[—–-][\\s\u00a0]+`,
  'iu',
)
const afterSpeech = new RegExp(
  `[,!?…][\\s ]+[—–-][\\s ]+(?=(?:\\p{L}+\\s+){0,2}(?:${sayings}))`,
  'iu',
)

/** `— Ми знищимо всіх, — сказав він.` What follows the words of the speaker goes on after another dash. */
function listSpoken(line: string, start: number): Quotation[] {
  return [...line.matchAll(/(?:^|[.!?…:»”"]\s)\s*[—–-]\s*(?=\p{Lu})/gu)].flatMap((dash) => {
    const inside = dash.index + dash[0].length
    const speech = line.slice(inside, inside + maxLength)
    const end = afterSpeech.exec(speech)
    if (!end) return []
    const text = speech.slice(0, end.index + 1)
    return [{ text, length: countWords(text), at: start + inside }]
  })
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

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}’'ʼ-]*/gu)?.length ?? 0
}
