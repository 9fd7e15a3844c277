/** Endings that the Porter stemmer takes off, the better part of them. */
const endings = (
  'ation ations ational ating ated ates ate ative ator ators izing ized izes ization ize ion ions ' +
  'ing ings ed es ers er ment ments ness ity ities ive able ible ably ally ance ence ant ent ous ' +
  'ful fully less ism ist ists al ally ly'
).split(' ')

const shortestStem = 3

/**
 * The full-text index holds stems: `regulation` is `regul` there, which does not begin with the
 * half-typed `regulati`. This lists the stems that it may be on the way to: what is left when the
 * beginning of an ending is cut off, with an `e` or a single consonant where a stem may have one.
 * Most are no words; only those that the index holds are of use.
 */
export function listPossibleStems(beginning: string): string[] {
  const stems = new Set<string>()
  for (const ending of endings) {
    for (let length = 1; length <= ending.length; length += 1) {
      const rest = beginning.length - length
      if (rest < shortestStem || !beginning.endsWith(ending.slice(0, length))) continue
      const stem = beginning.slice(0, rest)
      stems.add(stem).add(`${stem}e`)
      if (/(.)\1$/.test(stem)) stems.add(stem.slice(0, -1))
    }
  }
  return [...stems]
}
