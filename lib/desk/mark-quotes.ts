import { escapeUTF8 } from 'entities'

/** A text to be marked, with the numbers of the doubts that quote it. */
export type Quote = { text: string; number: number }

/** Elements inside a line: what they divide is still one text. All others end it. */
const inline =
  /^<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)[\s>/]/

/** Stands in no text of HTML and in no quotation. */
const lineEnd = '\0'

/** A quotation may be shortened in the middle of a word when it is at least this long. */
const longQuote = 40

/**
 * HTML that the site's renderer made, with each place of a quoted text in `<mark>` and the number of its
 * doubt behind it. A place is a whole word, number or sentence as readers see it: across elements
 * of a line, with the site's own quotation marks, dashes and spaces, and never inside an address. Where
 * quotations overlap, each part is marked. `title` is the text of a mark's tooltip.
 */
export function markQuotes(
  markup: string,
  quotes: readonly Quote[],
  title: (number: number) => string,
): string {
  const tokens = markup.match(/<(?:"[^"]*"|[^">])*>|[^<]+|</g) ?? []
  let shown = ''
  const pieces = tokens.map((token) => {
    const isTag = token.length > 1 && token.startsWith('<')
    const start = shown.length
    if (!isTag) shown += unescapeText(token)
    else if (!inline.test(token)) shown += lineEnd
    return isTag ? { tag: token } : { start, end: shown.length }
  })
  const comparable = toComparable(shown)
  const places = quotes.flatMap(({ text, number }) =>
    findPlaces(comparable, toComparable(text)).map((place) => ({ ...place, number })),
  )
  const [starts, ends] = [
    Map.groupBy(places, ({ start }) => start),
    Map.groupBy(places, ({ end }) => end),
  ]
  const edges = [...new Set([...starts.keys(), ...ends.keys()])].sort((a, b) => a - b)
  /** The doubts about what follows. */
  const open: number[] = []
  const write = (from: number, to: number): string => {
    if (from >= to) return ''
    const text = escapeUTF8(shown.slice(from, to))
    if (open.length === 0) return text
    return `<mark title="${escapeUTF8([...new Set(open)].map(title).join(' '))}">${text}</mark>`
  }
  const endAt = (edge: number): string => {
    const numbers = (ends.get(edge) ?? []).map(({ number }) => number)
    ends.delete(edge)
    for (const number of numbers) open.splice(open.indexOf(number), 1)
    return numbers.length === 0
      ? ''
      : `<sup class="doubt">[${[...new Set(numbers)].join(', ')}]</sup>`
  }
  let next = 0
  return pieces
    .map(({ tag, start = 0, end = 0 }) => {
      if (tag !== undefined) return tag
      let [out, from] = ['', start]
      for (; (edges[next] ?? end) < end; next += 1) {
        const edge = edges[next] ?? end
        out += write(from, edge) + endAt(edge)
        open.push(...(starts.get(edge) ?? []).map(({ number }) => number))
        // An edge may stand where the text before this one ended.
        from = Math.max(edge, start)
      }
      // What begins where this text ends begins in the next one.
      return out + write(from, end) + endAt(end)
    })
    .join('')
}

/** The renderer writes references by number; an attribute's quotation marks never stand in a text. */
const unescapeText = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|(amp|lt|gt|quot));/gi, (_, code?: string, name?: string) =>
    name === undefined
      ? String.fromCodePoint(Number.parseInt(code ?? '', 16))
      : ({ amp: '&', lt: '<', gt: '>', quot: '"' }[name.toLowerCase()] ?? ''),
  )

/** Of the same length: what typesetting changes is the same on both sides. */
const toComparable = (text: string): string =>
  text
    .replace(/[\s\u00A0\u202F]/g, ' ')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚ʼ]/g, "'")
    .replace(/[‐-―]/g, '-')

function findPlaces(shown: string, quoted: string): { start: number; end: number }[] {
  const text = quoted.trim()
  const places: { start: number; end: number }[] = []
  if (text === '') return places
  for (let at = shown.indexOf(text); at !== -1; at = shown.indexOf(text, at + 1)) {
    const end = at + text.length
    const isShort = text.length < longQuote
    if (isShort && (isOneWord(shown, at, -1) || isOneWord(shown, end, 1))) continue
    places.push({ start: at, end })
    at = end - 1
  }
  return places
}

/** Whether a word or a number goes on over this place: `15` in `215`, `1.5` and `15,000`, `May` in `Maybe`. */
function isOneWord(text: string, at: number, step: 1 | -1): boolean {
  const [inner, outer] = step === 1 ? [text[at - 1], text[at]] : [text[at], text[at - 1]]
  const isPart = (one: string | undefined) => /[\p{L}\p{N}]/u.test(one ?? '')
  if (!isPart(inner)) return false
  if (isPart(outer)) return true
  return (
    /\d/.test(inner ?? '') &&
    /[.,]/.test(outer ?? '') &&
    /\d/.test(text[at + (step === 1 ? 1 : -2)] ?? '')
  )
}
