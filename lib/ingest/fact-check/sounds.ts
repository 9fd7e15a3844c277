/**
 * How a name sounds, in one letter for each sound, whatever script it is written in: `Grünerløkka` and
 * `Грюнерлокка`, `Walkingshaw` and `Вокінгшоу` come out alike. For comparing with `toSoundDistance`.
 */
export function toSounds(name: string): string {
  const lower = name.toLowerCase()
  const sounds = /[\u0400-\u04FF]/u.test(lower) ? fromCyrillic(lower) : fromLatin(lower)
  return sounds.replace(/(.)\1+/g, '$1')
}

const cyrillic: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'e',
  ё: 'e',
  э: 'e',
  ж: 'Z',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  ы: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'T',
  ч: 'C',
  ш: 'S',
  щ: 'S',
  ю: 'u',
  я: 'a',
}

function fromCyrillic(lower: string): string {
  return lower
    .replace(/^[яює]/, (letter) => `i${cyrillic[letter]}`)
    .replace(/дж/g, 'J')
    .replace(/кх/g, 'h')
    .replace(/чж|цз/g, 'Z')
    .replace(/[^JZhiaue]/g, (letter) => cyrillic[letter] ?? '')
}

function fromLatin(lower: string): string {
  return lower
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[øœ]/g, 'o')
    .replace(/æ/g, 'e')
    .replace(/ł/g, 'l')
    .replace(/ß/g, 's')
    .replace(/đ/g, 'd')
    .replace(/[^a-z]/g, '')
    .replace(/tsch|tch|(?<!s)ch|cz/g, 'C')
    .replace(/shch|sch|sh|sz/g, 'S')
    .replace(/zh/g, 'Z')
    .replace(/dzh|dj|dg|j/g, 'J')
    .replace(/ph/g, 'f')
    .replace(/kh/g, 'h')
    .replace(/ght/g, 't')
    .replace(/gh/g, 'g')
    .replace(/th/g, 't')
    .replace(/^wr/g, 'r')
    .replace(/wh|w/g, 'v')
    .replace(/^x/g, 's')
    .replace(/cqu|que$/g, 'k')
    .replace(/qu/g, 'kv')
    .replace(/ck|q/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/t[sz]/g, 'T')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/c/g, 'k')
    .replace(/ee|ea|y/g, 'i')
    .replace(/oo|ou/g, 'u')
    .replace(/au/g, 'o')
}

const vowels = new Set('aeiou')
/** Sounds that one language writes for another, and how far apart they are. */
const near = new Map<string, number>(
  (
    'gh.2 gJ.2 gZ.3 JZ.2 Ji.3 Ck.2 Ch.3 CS.2 CJ.3 CT.3 sz.15 sT.3 sS.3 zT.3 zZ.3 kT.4 ks.4 vu.2 vb.5 ' +
    'hk.3 tf.5 tT.4 td.4 SZ.3 SJ.4 ng.6 fv.5 Zi.4 gk.5 nm.6 hJ.4 sC.35 lu.6 hf.5 tz.35 tC.4 db.9 Ti.6'
  )
    .split(' ')
    .flatMap((pair): [string, number][] => [
      [pair.slice(0, 2), Number(pair.slice(2))],
      [`${pair[1]}${pair[0]}`, Number(pair.slice(2))],
    ]),
)

function costOf(a: string, b: string): number {
  if (a === b) return 0
  if (vowels.has(a) && vowels.has(b)) return 0.25
  return near.get(a + b) ?? 1
}

function costOfLoss(sound: string): number {
  if (vowels.has(sound)) return 0.35
  return sound === 'h' ? 0.3 : sound === 'r' || sound === 'g' ? 0.7 : 1
}

/** Of what length the names of two sound strings can be compared: longer ones are cut. */
const maxSounds = 24

/** How far apart two names of `toSounds` are, from 0 for the same to 1 for nothing in common. */
export function toSoundDistance(nameA: string, nameB: string): number {
  const [a, b] = [nameA.slice(0, maxSounds), nameB.slice(0, maxSounds)]
  let row = [0]
  for (const sound of b) row.push((row.at(-1) ?? 0) + costOfLoss(sound))
  for (const one of a) {
    const next = [(row[0] ?? 0) + costOfLoss(one)]
    for (let at = 1; at <= b.length; at += 1) {
      const other = b[at - 1] ?? ''
      next.push(
        Math.min(
          (row[at - 1] ?? 0) + costOf(one, other),
          (row[at] ?? 0) + costOfLoss(one),
          (next[at - 1] ?? 0) + costOfLoss(other),
        ),
      )
    }
    row = next
  }
  return (row[b.length] ?? 0) / Math.max(a.length, b.length, 1)
}

const endings =
  'ого ому ими ові еві єві ами ями ах ях ів їв ом ем єм ою ею єю ій ої им их ий а у і ї и ю я е о й ь'.split(
    ' ',
  )
const adjectives = /(?:івськ|ївськ|ськ|цьк|зьк)(?:ий|ого|ому|им|ім|а|ої|ій|у|ою|е|і|их|ими)$/u

/** A Ukrainian name without the endings of its cases and of its adjective, and as it is. */
export function listUndeclined(name: string): string[] {
  const lower = name.toLowerCase()
  if (!/[\u0400-\u04FF]/u.test(lower)) {
    const singular = lower.replace(/s$/, '')
    // Bordeaux, Renault, Prix: what French does not sound.
    const heard = lower
      .replace(/eau/, 'o')
      .replace(/(?:ault|aux|ox|ot)$/, 'o')
      .replace(/(?<=[iu])[xs]$/, '')
      // Hale, Mike.
      .replace(/a([^aeiou])e$/, 'ei$1')
      .replace(/i([^aeiou])e$/, 'ai$1')
    return singular.length >= 3 ? [lower, singular, heard] : [lower]
  }
  const forms = [lower]
  // Рига, у Ризі; Доха, у Досі; Корсика, на Корсиці.
  const soft = { з: 'г', с: 'х', ц: 'к' }[/(.)і$/.exec(lower)?.[1] ?? '']
  if (soft !== undefined) forms.push(lower.slice(0, -2) + soft)
  const stem = lower.replace(adjectives, '')
  if (stem !== lower && stem.length >= 3) forms.push(stem)
  for (const ending of endings) {
    if (lower.endsWith(ending) && lower.length - ending.length >= 3) {
      forms.push(lower.slice(0, lower.length - ending.length))
      break
    }
  }
  return forms
}
