import { diff3Merge, diffComm } from 'node-diff3'

/** A run of lines of a three-way merge: the same for both, or what each of them has there. */
export type MergePart =
  | { kind: 'same'; lines: string[] }
  | { kind: 'conflict'; base: string[]; theirs: string[]; ours: string[] }

/** `text` is undefined where both have changed the same lines. */
export type Merge = { text: string | undefined; parts: MergePart[] }

/** Lines that are left to compare after the common ones at both ends. */
const mostCompared = 6000

/**
 * Steps that one comparison may take, some 0.1 s: it is made in the process that serves readers. The
 * library looks at each pair of equal lines, at worst once for each line that it has matched: a thousand
 * lines that are all alike would take minutes.
 */
const mostSteps = 50_000_000

/** Whether two lists of lines are compared: see `mostCompared` and `mostSteps`. */
function isTooMuch(a: readonly string[], b: readonly string[]): boolean {
  if (Math.max(a.length, b.length) > mostCompared) return true
  const counts = new Map<string, number>()
  for (const line of b) counts.set(line, (counts.get(line) ?? 0) + 1)
  const pairs = a.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0)
  return pairs * Math.min(a.length, b.length) > mostSteps
}

/**
 * Marks blank lines, which are half of a long article, with the line before them, so that fewer lines are
 * alike. The other lines are as they were; `withoutMarks` takes the marks away again.
 */
function markBlanks(lines: readonly string[]): string[] {
  let before = ''
  return lines.map((line) => {
    if (line.trim() !== '') before = line.replaceAll('\0', '')
    return `${line}\0${line.trim() === '' ? before : ''}`
  })
}

const withoutMarks = (lines: readonly string[] = []) =>
  lines.map((line) => line.slice(0, line.lastIndexOf('\0')))

/** Lists of lines in a form that can be compared, and the way back from lines of this form. */
type Comparable<Lists> = { lists: Lists; restore: (lines?: string[]) => string[] }

/**
 * What `base` and others are compared as: the lines as they are or, where that is too much, with marks on
 * blank lines. Undefined where that is too much as well.
 */
function toComparable<Lists extends string[][]>(
  ...lists: [base: string[], ...Lists]
): Comparable<typeof lists> | undefined {
  const isWithin = ([base, ...others]: typeof lists) => !others.some((one) => isTooMuch(base, one))
  if (isWithin(lists)) return { lists, restore: (lines = []) => lines }
  const marked = lists.map(markBlanks) as typeof lists
  return isWithin(marked) ? { lists: marked, restore: withoutMarks } : undefined
}

/**
 * What two changes of one text come to. Both are kept where they are about different lines. Texts are
 * compared line by line, with their line ends.
 */
export function mergeTexts(base: string, theirs: string, ours: string): Merge {
  const [a, o, b] = [ours, base, theirs].map((text) => text.split('\n')) as [
    string[],
    string[],
    string[],
  ]
  const start = countCommon(a, o, b, (lines, at) => lines[at])
  const end = countCommon(
    a.slice(start),
    o.slice(start),
    b.slice(start),
    (lines, at) => lines[lines.length - 1 - at],
  )
  const middle = (lines: string[]) => lines.slice(start, lines.length - end)
  const [ours_, base_, theirs_] = [middle(a), middle(o), middle(b)]
  const comparable = toComparable(base_, ours_, theirs_)
  const all: MergePart[] = [
    { kind: 'same', lines: o.slice(0, start) },
    ...(comparable
      ? mergeLines(comparable)
      : [{ kind: 'conflict' as const, base: base_, theirs: theirs_, ours: ours_ }]),
    { kind: 'same', lines: o.slice(o.length - end) },
  ]
  const parts = all.filter((part) => part.kind === 'conflict' || part.lines.length > 0)
  const isMerged = parts.every(({ kind }) => kind === 'same')
  const lines = parts.flatMap((part) => (part.kind === 'same' ? part.lines : []))
  return { text: isMerged ? lines.join('\n') : undefined, parts }
}

function mergeLines({
  lists: [base, ours, theirs],
  restore,
}: Comparable<[string[], string[], string[]]>): MergePart[] {
  return diff3Merge(ours, base, theirs, { excludeFalseConflicts: true }).map(({ ok, conflict }) =>
    conflict
      ? {
          kind: 'conflict',
          base: restore(conflict.o),
          theirs: restore(conflict.b),
          ours: restore(conflict.a),
        }
      : { kind: 'same', lines: restore(ok) },
  )
}

function countCommon(
  a: string[],
  o: string[],
  b: string[],
  lineAt: (lines: string[], at: number) => string | undefined,
): number {
  const most = Math.min(a.length, o.length, b.length)
  let count = 0
  while (
    count < most &&
    lineAt(a, count) === lineAt(o, count) &&
    lineAt(b, count) === lineAt(o, count)
  )
    count += 1
  return count
}

/** A line of a difference, without its line end. */
export type DiffLine = { kind: 'same' | 'removed' | 'added'; text: string }

/** What becomes one text from another, line by line. */
export function diffTexts(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const start = countCommon(a, a, b, (lines, at) => lines[at])
  const [restA, restB] = [a.slice(start), b.slice(start)]
  const end = countCommon(restA, restA, restB, (lines, at) => lines[lines.length - 1 - at])
  const [midA, midB] = [restA.slice(0, restA.length - end), restB.slice(0, restB.length - end)]
  return [
    ...toDiffLines('same', a.slice(0, start)),
    ...diffLines(midA, midB),
    ...toDiffLines('same', a.slice(a.length - end)),
  ]
}

function diffLines(before: string[], after: string[]): DiffLine[] {
  const comparable = toComparable(before, after)
  if (!comparable) return [...toDiffLines('removed', before), ...toDiffLines('added', after)]
  const { lists, restore } = comparable
  return diffComm(...lists).flatMap(({ common, buffer1, buffer2 }) => [
    ...toDiffLines('same', restore(common)),
    ...toDiffLines('removed', restore(buffer1)),
    ...toDiffLines('added', restore(buffer2)),
  ])
}

const toDiffLines = (kind: DiffLine['kind'], lines: string[]) =>
  lines.map((text): DiffLine => ({ kind, text }))

/**
 * A difference for people: changed lines with `- ` and `+ `, up to `context` lines around them, and
 * `…` for the others. Empty when nothing differs.
 */
export function formatDiff(lines: DiffLine[], context = 3): string {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same'),
  )
  const marks = { same: '  ', removed: '- ', added: '+ ' }
  return lines
    .flatMap(({ kind, text }, at) => {
      if (isNear[at]) return [marks[kind] + text.replace(/\r$/, '')]
      return isNear[at - 1] ? ['…'] : []
    })
    .join('\n')
    .replace(/\n…$/, '')
}
