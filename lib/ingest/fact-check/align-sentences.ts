/** A sentence or two of a source, and what stands for them in its translation. */
export type SentencePair = { source: string; text: string }

/** The most pairs of sentences that are weighed for one passage. */
const maxPairs = 40_000

/** How many sentences of the source stand for how many of the text, and how unusual that is. */
const steps: [source: number, text: number, cost: number][] = [
  [1, 1, 0],
  [1, 2, 2],
  [2, 1, 2],
  [2, 2, 3],
  [1, 0, 5],
  [0, 1, 5],
]

/**
 * The sentences of a passage beside those of its translation. They are paired by their lengths, as Gale
 * and Church do (https://aclanthology.org/J93-1004), and by the numbers in digits that they share. What
 * is too long to be weighed comes back as one pair.
 */
export function alignSentences(source: string, text: string): SentencePair[] {
  const [theirs, ours] = [splitSentences(source), splitSentences(text)]
  if (theirs.length <= 1 || ours.length <= 1 || theirs.length * ours.length > maxPairs) {
    return [{ source, text }]
  }
  const ratio = text.length / source.length
  const digits = [theirs, ours].map((sentences) => sentences.map(listDigits))
  /** For every place in both texts the least cost to come there, and the step that does. */
  const table = Array.from({ length: theirs.length + 1 }, () =>
    Array.from({ length: ours.length + 1 }, () => ({ cost: Number.POSITIVE_INFINITY, step: 0 })),
  )
  const at = (row: number, column: number) => table[row]?.[column]
  const start = at(0, 0)
  if (start) start.cost = 0
  for (let row = 0; row <= theirs.length; row += 1) {
    for (let column = 0; column <= ours.length; column += 1) {
      const here = at(row, column)
      if (!here || here.cost === Number.POSITIVE_INFINITY) continue
      for (const [step, [down, right, rarity]] of steps.entries()) {
        const next = at(row + down, column + right)
        if (!next) continue
        const lengthOf = (sentences: string[], from: number, count: number) =>
          sentences.slice(from, from + count).reduce((sum, one) => sum + one.length, 0)
        const [one, other] = [lengthOf(theirs, row, down) * ratio, lengthOf(ours, column, right)]
        const shared =
          down + right === 2 && down === 1
            ? countShared(digits[0]?.[row] ?? [], digits[1]?.[column] ?? [])
            : 0
        const apart = down * right === 0 ? 0 : (one - other) ** 2 / (6.8 * (one + other))
        const cost = here.cost + rarity + apart - Math.min(2, shared)
        if (cost < next.cost) Object.assign(next, { cost, step })
      }
    }
  }
  const pairs: SentencePair[] = []
  for (let [row, column] = [theirs.length, ours.length]; row > 0 || column > 0; ) {
    const [down = 1, right = 1] = steps[at(row, column)?.step ?? 0] ?? []
    pairs.push({
      source: theirs.slice(row - down, row).join(' '),
      text: ours.slice(column - right, column).join(' '),
    })
    row -= down
    column -= right
  }
  return pairs.reverse()
}

function listDigits(sentence: string): string[] {
  return [...new Set(sentence.match(/\d+/g))]
}

function countShared(one: string[], other: string[]): number {
  return one.filter((digits) => other.includes(digits)).length
}

/** Sentences of a line. They end at: a dot, a mark that closes, a space, and a capital or a digit. */
export function splitSentences(line: string): string[] {
  const sentences: string[] = []
  let start = 0
  for (const match of line.matchAll(
    /(?<![.!?…])(?<!(?:^|[\s ])(?:\p{Lu}|Mr|Mrs|Dr|St|ім|р|рр|ст))[.!?…]+["”»’')\]]*[\s ]+(?=["“«„'‘(—–-]*[\s ]?[\p{Lu}\p{N}])/gu,
  )) {
    const end = match.index + match[0].length
    sentences.push(line.slice(start, end).trim())
    start = end
  }
  if (start < line.length) sentences.push(line.slice(start).trim())
  return sentences.filter((sentence) => sentence !== '')
}
