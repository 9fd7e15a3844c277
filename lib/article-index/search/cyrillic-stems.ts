const shortestStem = 3

/** Endings of Ukrainian nouns, adjectives and verbs, the longest first. */
const endings = (
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
  const ending = endings.find(
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
