const shortestStem = 3

/** Endings of Ukrainian nouns, adjectives and verbs, the longest first. */
const ukrainianEndings = (
  'ються уються ується ається еться ються тися ться ими іми ами ями ові еві єві ого ому ього ьому ' +
  'єте ете ють уть ють ять ать ити ати іти ла ло ли ою ею єю ий ій их іх им ім ої ів їв ом ем єм ' +
  'ам ям ах ях ей а я у ю і ї и е є о й ь'
)
  .split(' ')
  .sort((a, b) => b.length - a.length)

/**
 * A Ukrainian word → the beginnings that its other forms share with it, to be searched as prefixes:
 * `біткоїном` → `біткоїн`; `ринку` → `ринк`, `ринок`. Light: it cuts one ending, doubled consonants
 * before it (`регулювання`, `регулювань`), and knows the vowel that comes and goes in `-ок`, `-ець`.
 * Nothing for words too short to be cut without losing their meaning.
 */
export function cyrillicStems(word: string): string[] {
  const lower = word.toLowerCase()
  const ending = ukrainianEndings.find(
    (candidate) => lower.endsWith(candidate) && lower.length - candidate.length >= shortestStem,
  )
  const stem = lower.slice(0, lower.length - (ending?.length ?? 0)).replace(/(.)\1$/u, '$1')
  if (stem.length < shortestStem) return []
  const withVowel = /[^аеєиіїоуюя](к|ц)$/u.test(stem) ? addVowel(stem) : undefined
  const withoutVowel = /[^аеєиіїоуюя](ок|ец)$/u.test(stem) ? dropVowel(stem) : undefined
  return [stem, withVowel, withoutVowel].filter((form) => form !== undefined)
}

function addVowel(stem: string): string {
  return `${stem.slice(0, -1)}${stem.endsWith('к') ? 'о' : 'е'}${stem.slice(-1)}`
}

function dropVowel(stem: string): string | undefined {
  return stem.length > shortestStem + 1 ? `${stem.slice(0, -2)}${stem.slice(-1)}` : undefined
}

/** Endings that the Porter stemmer takes off, the better part of them. */
const englishEndings = (
  'ation ations ational ating ated ates ate ative ator ators izing ized izes ization ize ion ions ' +
  'ing ings ed es ers er ment ments ness ity ities ive able ible ably ally ance ence ant ent ous ' +
  'ful fully less ism ist ists al ally ly'
).split(' ')

/**
 * The full-text index holds stems: `regulation` is `regul` there, which does not begin with the
 * half-typed `regulati`. This lists the stems that it may be on the way to: what is left when the
 * beginning of an ending is cut off, with an `e` or a single consonant where a stem may have one.
 * Most are no words; only those that the index holds are of use.
 */
export function listPossibleStems(beginning: string): string[] {
  const stems = new Set<string>()
  for (const ending of englishEndings) {
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
