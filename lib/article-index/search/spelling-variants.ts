const alphabets = ['abcdefghijklmnopqrstuvwxyz', 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя']

/** The keys of the two layouts, in the same order: a word typed in the wrong one is unreadable. */
const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
const ukrainianKeys = 'йцукенгшщзхїфівапролджєячсмитьбю'

/** A word in lower case → what the same keys write in the other keyboard layout. */
export function swapKeyboardLayout(word: string): string | undefined {
  for (const [from, to] of [
    [latinKeys, ukrainianKeys],
    [ukrainianKeys, latinKeys],
  ] as const) {
    const keys = [...word].map((letter) => to[from.indexOf(letter)])
    if (keys.every((key) => key !== undefined)) return keys.join('')
  }
  return undefined
}

/**
 * Every spelling that is one slip away from a word in lower case: a letter left out, put in, another
 * one, or two in the wrong order. None when its letters are of no alphabet of ours.
 */
export function listSpellingVariants(word: string): string[] {
  const alphabet = alphabets.find((letters) => [...word].some((letter) => letters.includes(letter)))
  if (!alphabet) return []
  const spellings = Array.from({ length: word.length + 1 }, (_, at) => {
    const [before, after] = [word.slice(0, at), word.slice(at)]
    const letters = [...alphabet]
    const inserted = letters.map((letter) => before + letter + after)
    if (after === '') return inserted
    const [first = '', second = ''] = after
    const swapped = second === '' ? [] : [before + second + first + after.slice(2)]
    const others = letters.map((letter) => before + letter + after.slice(1))
    return [before + after.slice(1), ...swapped, ...others, ...inserted]
  }).flat()
  return [...new Set(spellings)].filter((spelling) => spelling !== word && spelling !== '')
}

/** In how many slips one word becomes another (Damerau and Levenshtein, neighbours swapped once). */
export function editDistance(a: string, b: string): number {
  const rows = slipTable(a, b)
  return rows[a.length]?.[b.length] ?? 0
}

/** The same for a stem and the beginning of a word that is nearest to it. */
export function prefixEditDistance(stem: string, word: string): number {
  return Math.min(...(slipTable(stem, word)[stem.length] ?? []))
}

function slipTable(a: string, b: string): number[][] {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const above = rows[i - 1] ?? []
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + cost,
        isSwap ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    rows.push(row)
  }
  return rows
}
