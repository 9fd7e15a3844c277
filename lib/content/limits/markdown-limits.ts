import { readContainers, trackFences } from './markdown-lines.ts'

/** Something in a Markdown text that would take too long to render. `line` is 1-based in the text. */
export type CostlyMarkdown = { line: number; found: string; expected: string }

/**
 * How much of each construct a text may have, if it has no other. Rendering prose takes time in
 * proportion to its length, about 5 s a megabyte. These constructs take far longer or overflow the
 * stack. Measured with micromark 4 and its GFM extension: a text just within any one limit takes 2 s
 * at most, where 8,000 marks of emphasis in one paragraph took 20 s and 16,000 lazy lines after a
 * quote 16 s. What counts is the total: half of one limit and half of another is all that a text may
 * have. A long news article comes nowhere near.
 */
const limits = {
  depth: { most: 20, what: 'quotes and lists inside each other' },
  listItems: { most: 3000, what: 'list items, nested ones counted once for each level' },
  quotedLines: { most: 10_000, what: 'quoted lines, nested ones counted once for each level' },
  lazyLines: { most: 1000, what: 'lines that go on after a quote or list item without its mark' },
  headings: { most: 5000, what: 'headings' },
  underlines: { most: 1000, what: 'headings underlined with === or ---' },
  definitions: { most: 1000, what: 'definitions of links and footnotes' },
  tableCells: { most: 10_000, what: 'table cells' },
  pipeLines: { most: 2000, what: 'lines with | in one paragraph' },
  emphasis: { most: 500, what: 'marks of emphasis (*, _, ~) in one paragraph' },
  brackets: { most: 2000, what: 'square brackets in one paragraph' },
}
type Limit = keyof typeof limits
type Count = Record<Limit, number>

/**
 * Some costs grow with the square of a paragraph's marks or lines. `most` is what the squares of a
 * text's paragraphs may come to; a paragraph with at most `from` costs no more than prose.
 */
const squared = [
  { kind: 'emphasis', from: 100, most: 4_000_000 },
  { kind: 'brackets', from: 200, most: 16_000_000 },
  { kind: 'lazyLines', from: 20, most: 1_000_000 },
  { kind: 'pipeLines', from: 40, most: 4_000_000 },
] as const
type Squares = Record<(typeof squared)[number]['kind'], number>

/** Costs that grow with the count in the whole text. */
const added = [
  'listItems',
  'quotedLines',
  'headings',
  'underlines',
  'definitions',
  'tableCells',
] as const

/**
 * Where a text exceeds what it may have of one construct, or of all together. Takes time in
 * proportion to the text.
 */
export function findCostlyMarkdown(markdown: string): CostlyMarkdown | undefined {
  if (isPlainlyCheap(markdown)) return undefined
  const tally = startTally()
  const isFenced = trackFences(markdown)
  for (const [at, line] of markdown.split('\n').entries()) {
    if (isFenced(line)) continue
    const exceeded = tally(line)
    if (exceeded) return { line: at + 1, ...exceeded }
  }
  return undefined
}

/** Too few marks and lines to exceed any limit: true of nearly every article, and quick to see. */
function isPlainlyCheap(markdown: string): boolean {
  let brackets = 0
  let emphasis = 0
  let pipes = 0
  let lines = 0
  for (let at = 0; at < markdown.length; at += 1) {
    const code = markdown.charCodeAt(at)
    if (code === 0x0a) lines += 1
    else if (code === 0x5b || code === 0x5d) brackets += 1
    else if (code === 0x2a || code === 0x5f || code === 0x7e) emphasis += 1
    else if (code === 0x7c) pipes += 1
  }
  return lines < 300 && pipes < 200 && brackets < 1000 && emphasis < 400 && !deep.test(markdown)
}

const deep = /^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*){12}|^[ \t]{20}/m

/** Counts line by line and says when a limit is exceeded. */
function startTally(): (line: string) => Omit<CostlyMarkdown, 'line'> | undefined {
  const count = noCount()
  const squares: Squares = { emphasis: 0, brackets: 0, lazyLines: 0, pipeLines: 0 }
  let isAfterContainer = false
  let isAfterText = false
  /** Of the table that the line stands in; 0 outside. */
  let columns = 0
  let lastNumber = ''

  const endParagraph = () => {
    for (const { kind, from } of squared) if (count[kind] > from) squares[kind] += count[kind] ** 2
    Object.assign(count, { lazyLines: 0, pipeLines: 0, emphasis: 0, brackets: 0 })
  }

  return (line) => {
    const { depth, quotes, markers, rest, number, isItem } = readContainers(line, lastNumber)
    count.depth = depth
    count.quotedLines += quotes
    count.listItems += markers * depth
    if (number !== '') lastNumber = number
    const isBlank = rest.trim() === ''
    if (isBlank || isItem) endParagraph()
    if (isBlank) columns = 0
    else {
      if (isAfterContainer && depth === 0) count.lazyLines += 1
      columns = countBlock(count, rest, columns, isAfterText)
      countMarks(count, rest)
    }
    isAfterContainer = depth > 0 || (isAfterContainer && !isBlank)
    isAfterText = !isBlank
    return findExceeded(count) ?? findTotal(count, squares)
  }
}

function noCount(): Count {
  return {
    depth: 0,
    listItems: 0,
    quotedLines: 0,
    lazyLines: 0,
    headings: 0,
    underlines: 0,
    definitions: 0,
    tableCells: 0,
    pipeLines: 0,
    emphasis: 0,
    brackets: 0,
  }
}

/** Counts what the line as a whole is. Answers the columns of the table it stands in. */
function countBlock(count: Count, rest: string, columns: number, isAfterText: boolean): number {
  if (/^ {0,3}#{1,6}[ \t]/.test(rest)) count.headings += 1
  if (isAfterText && /^ {0,3}(?:=+|-+)[ \t]*$/.test(rest)) count.underlines += 1
  if (/^[ \t]*\[[^\]]*\]:/.test(rest)) count.definitions += 1
  if (rest.includes('|')) count.pipeLines += 1
  const isDelimiterRow = rest.includes('-') && /[|:]/.test(rest) && /^[ \t|:-]+$/.test(rest)
  if (!isDelimiterRow && columns === 0) return 0
  count.pipeLines = 0
  const width = isDelimiterRow ? rest.split('|').length : columns
  /* A table costs about as much as ten of its cells before it has any. */
  count.tableCells += isDelimiterRow ? width + 10 : width
  return width
}

function countMarks(count: Count, rest: string): void {
  let last = 0
  for (let at = 0; at < rest.length; at += 1) {
    const code = rest.charCodeAt(at)
    if (code === 0x5b || code === 0x5d) count.brackets += 1
    else if (code !== last && (code === 0x2a || code === 0x5f || code === 0x7e)) count.emphasis += 1
    last = code
  }
}

const limitList = Object.entries(limits)

function findExceeded(count: Count): Omit<CostlyMarkdown, 'line'> | undefined {
  const counts = Object.values(count)
  for (const [at, [, { most, what }]] of limitList.entries()) {
    if ((counts[at] ?? 0) > most) return { found: `more than ${most} ${what}`, expected: 'fewer' }
  }
  return undefined
}

/** What all constructs together cost, as shares of what each may. */
function findTotal(count: Count, squares: Squares): Omit<CostlyMarkdown, 'line'> | undefined {
  let total = 0
  let largest = 0
  let what = ''
  const add = (kind: Limit, share: number) => {
    total += share
    if (share <= largest) return
    largest = share
    what = limits[kind].what
  }
  for (const kind of added) add(kind, count[kind] / limits[kind].most)
  for (const { kind, from, most } of squared) {
    const here = count[kind] > from ? count[kind] ** 2 : 0
    add(kind, (squares[kind] + here) / most)
  }
  if (total <= 1) return undefined
  return {
    found: `more than can be rendered in 2 s, above all ${what}`,
    expected: 'less of it in one text',
  }
}
