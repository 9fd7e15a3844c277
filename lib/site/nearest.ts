/** The known name that differs from `name` only in case or in one or two letters. */
export function nearest(name: string, known: string[]): string | undefined {
  if (name.length > 40) return undefined
  const reach = name.length < 5 ? 1 : 2
  return known
    .map((candidate) => ({ candidate, distance: distance(bare(name), bare(candidate)) }))
    .filter((close) => close.distance <= reach)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Levenshtein distance, in which two neighbours that changed places count as one slip. */
function distance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const isSwap =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        replaced,
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        isSwap ? (beforePrevious[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
