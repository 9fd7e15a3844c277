/** What a line of Markdown opens before its text begins. */
export type Containers = {
  /** Quotes and lists around the text, as far as marks and indentation of this line tell. */
  depth: number
  /** `depth` when the line is quoted, else 0. */
  quotes: number
  /** List marks on the line. */
  markers: number
  rest: string
  /** The last numbered mark (`12.`), else empty. */
  number: string
  /** Begins a list item for certain, whatever stands above it. */
  isItem: boolean
}

const container = /[ \t]*(?:>|([-+*]|\d{1,9}[.)])(?=[ \t]|$))/y
const thematicBreak = /^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/

/**
 * `lastNumber` is the numbered mark that came before: only `1.` and the number that follows can
 * begin an item in the middle of a paragraph.
 */
export function readContainers(line: string, lastNumber: string): Containers {
  const none = { depth: 0, quotes: 0, markers: 0, rest: line, number: '', isItem: false }
  const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
  const first = line[indent.length] ?? ''
  if (first === '[' && indent !== '') return { ...none, depth: Math.floor(widthOf(indent) / 4) }
  if (!/[->+*\d]/.test(first) || thematicBreak.test(line)) return none
  let quotes = 0
  let markers = 0
  let number = ''
  container.lastIndex = 0
  let end = 0
  let isItem = false
  for (let match = container.exec(line); match; match = container.exec(line)) {
    end = container.lastIndex
    const mark = match[1]
    if (mark === undefined) quotes += 1
    else {
      const isCertain = mark.length === 1 || follows(mark, lastNumber)
      isItem ||= markers === 0 && widthOf(match[0]) < 5 && isCertain
      markers += 1
      if (mark.length > 1) number = mark
    }
  }
  if (quotes + markers === 0) return none
  const rest = line.slice(end)
  const depth = quotes + markers + Math.floor(widthOf(indent) / 2)
  return {
    depth,
    quotes: quotes > 0 ? depth : 0,
    markers,
    rest,
    number,
    isItem: isItem && rest.trim() !== '',
  }
}

function follows(mark: string, lastNumber: string): boolean {
  const number = Number.parseInt(mark, 10)
  return (
    number === 1 ||
    (number === Number.parseInt(lastNumber, 10) + 1 && mark.at(-1) === lastNumber.at(-1))
  )
}

function widthOf(indent: string): number {
  return indent.replaceAll('\t', '    ').length
}

/**
 * Tells, line after line, which lines are fenced code and cost nothing. Only fences at the very
 * start of a line are believed: the end of an indented one depends on what it is indented in. In a
 * text with HTML blocks none is, because a fence inside one is no fence.
 */
export function trackFences(markdown: string): (line: string) => boolean {
  if (!/^(?:`{3}|~{3})/m.test(markdown) || /^ {0,3}<[a-z!?/]/im.test(markdown)) return () => false
  let open = ''
  return (line) => {
    if (open === '') {
      open = /^(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line)?.slice(1).join('') ?? ''
      return false
    }
    const close = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? ''
    if (close.startsWith(open)) open = ''
    return true
  }
}
