import type { FoundNumber } from './list-numbers.ts'
import { readUnit } from './units.ts'

/** What a word adds to a number in words. `rank`: how large it is, so that parts come in order. */
type NumberWord =
  | { kind: 'part'; value: number; isOrdinal?: true; isMany?: true }
  | { kind: 'hundred' }
  | { kind: 'scale'; value: number }
  | { kind: 'fraction'; value: number }
  | { kind: 'multiple'; value: number }

const tens = [
  'двадцят',
  'тридцят',
  'сорок',
  'п’ятдесят',
  'шістдесят',
  'сімдесят',
  'вісімдесят',
  'дев’яност',
]
const adjective = '(?:ий|ій|а|я|е|є|і|ого|ього|ої|ьої|ому|ьому|у|ю|ою|ьою|им|ім|их|іх|ими|іми)'
const ukrainianParts: [pattern: string, value: number][] = [
  ['два|дві|двох|двом|двома|двоє|двоїх', 2],
  ['три|трьох|трьом|трьома|троє|трійка|трійку|трійки', 3],
  ['чотири|чотирьох|чотирьом|чотирма|четверо|четвірка|четвірку|четвірки', 4],
  ['п’ять|п’яти|п’ятьох|п’ятьом|п’ятьма|п’ятьома|п’ятеро|п’ятірка|п’ятірку', 5],
  ['шість|шести|шістьох|шістьом|шістьма|шістьома|шестеро', 6],
  ['сім|семи|сімох|сімом|сьома|сімома|семеро', 7],
  ['вісім|восьми|вісьмох|вісьмом|вісьма|вісьмома|восьмеро', 8],
  ['дев’ять|дев’яти|дев’ятьох|дев’ятьом|дев’ятьма|дев’ятеро', 9],
  ['десять|десяти|десятьох|десятьом|десятьма|десятеро|десяток|десятка|десятку|десятком', 10],
  ['дюжина|дюжину|дюжини|дюжин', 12],
  ...['один', 'два', 'три', 'чотир', 'п’ят', 'шіст', 'сім', 'вісім', 'дев’ят'].map(
    (stem, at): [string, number] => [
      `${stem === 'один' ? stem : stem === 'два' ? 'дван' : `${stem}н`}адцят(?:ь|и|ьох|ьом|ьма|ьома|еро)`,
      11 + at,
    ],
  ),
  ...tens.map((stem, at): [string, number] => [
    stem === 'сорок'
      ? 'сорока?'
      : stem === 'дев’яност'
        ? 'дев’яност[оа]'
        : `${stem}(?:ь|и|ьох|ьом|ьма|ьома)?`,
    20 + at * 10,
  ]),
  ['сто|ста|сотня|сотню|сотнею', 100],
  ['двісті|двохсот|двомстам|двомастами', 200],
  ['триста|трьохсот', 300],
  ['чотириста|чотирьохсот', 400],
  ['п’ятсот|п’ятисот', 500],
  ['шістсот|шестисот', 600],
  ['сімсот|семисот', 700],
  ['вісімсот|восьмисот', 800],
  ['дев’ятсот|дев’ятисот', 900],
]
const ukrainianOrdinals: [stem: string, value: number][] = [
  ['друг', 2],
  ['трет', 3],
  ['четверт', 4],
  ['п’ят', 5],
  ['шост', 6],
  ['сьом', 7],
  ['восьм', 8],
  ['дев’ят', 9],
  ['десят', 10],
  ...['один', 'дван', 'трин', 'чотирн', 'п’ятн', 'шістн', 'сімн', 'вісімн', 'дев’ятн'].map(
    (stem, at): [string, number] => [
      `${at === 0 ? 'одинн' : stem}адцят`.replace('одинн', 'один'),
      11 + at,
    ],
  ),
  ...tens.map((stem, at): [string, number] => [stem === 'сорок' ? 'сороков' : stem, 20 + at * 10]),
  ['сот', 100],
  ['тисячн', 1000],
]
const englishParts =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const englishTens = 'twenty thirty forty fifty sixty seventy eighty ninety'
const englishOrdinals =
  'second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'

const exact = new Map<string, NumberWord>()
for (const [at, word] of englishParts.split(' ').entries())
  exact.set(word, { kind: 'part', value: at + 2 })
for (const [at, word] of englishTens.split(' ').entries()) {
  exact.set(word, { kind: 'part', value: (at + 2) * 10 })
  exact.set(word.replace(/y$/, 'ieth'), { kind: 'part', value: (at + 2) * 10, isOrdinal: true })
  exact.set(word.replace(/y$/, 'ies'), { kind: 'part', value: (at + 2) * 10 })
}
for (const [at, word] of englishOrdinals.split(' ').entries()) {
  exact.set(word, { kind: 'part', value: at + 2, isOrdinal: true })
  if (at > 0) exact.set(`${word}s`, { kind: 'part', value: at + 2, isOrdinal: true, isMany: true })
}
const others: [words: string, meaning: NumberWord][] = [
  ['dozen', { kind: 'part', value: 12 }],
  ['hundred', { kind: 'hundred' }],
  ['hundredth', { kind: 'part', value: 100, isOrdinal: true }],
  [
    'thousand тисяча тисячу тисячі тисяч тисячею тисячам тисячами тисячах',
    { kind: 'scale', value: 1e3 },
  ],
  [
    'million мільйон мільйона мільйону мільйони мільйонів мільйоном мільйонам млн',
    { kind: 'scale', value: 1e6 },
  ],
  [
    'billion мільярд мільярда мільярду мільярди мільярдів мільярдом млрд',
    { kind: 'scale', value: 1e9 },
  ],
  ['trillion трильйон трильйона трильйони трильйонів', { kind: 'scale', value: 1e12 }],
  [
    'half halves половина половину половини половиною половині наполовину',
    { kind: 'fraction', value: 0.5 },
  ],
  ['пів', { kind: 'fraction', value: 0.5 }],
  ['півтора півтори', { kind: 'fraction', value: 1.5 }],
  ['quarter quarters чверть чверті чвертю', { kind: 'fraction', value: 0.25 }],
  ['третина третину третини третин третиною третині', { kind: 'fraction', value: 1 / 3 }],
  [
    'double doubled doubles doubling twice twofold удвічі вдвічі двічі',
    { kind: 'multiple', value: 2 },
  ],
  [
    'triple tripled triples tripling thrice threefold treble trebled утричі втричі тричі',
    { kind: 'multiple', value: 3 },
  ],
  ['quadruple quadrupled quadruples fourfold учетверо вчетверо', { kind: 'multiple', value: 4 }],
  ['quintupled fivefold уп’ятеро вп’ятеро', { kind: 'multiple', value: 5 }],
  ['tenfold удесятеро вдесятеро', { kind: 'multiple', value: 10 }],
]
for (const [words, meaning] of others) for (const word of words.split(' ')) exact.set(word, meaning)
const forms: [pattern: RegExp, meaning: NumberWord][] = [
  [/^подво[їюєя]\p{L}*$/u, { kind: 'multiple', value: 2 }],
  [/^потро[їюєя]\p{L}*$/u, { kind: 'multiple', value: 3 }],
  ...ukrainianParts.map(([pattern, value]): [RegExp, NumberWord] => [
    new RegExp(`^(?:${pattern})$`, 'u'),
    { kind: 'part', value },
  ]),
  ...ukrainianOrdinals.map(([stem, value]): [RegExp, NumberWord] => [
    new RegExp(`^${stem}${adjective}$`, 'u'),
    { kind: 'part', value, isOrdinal: true },
  ]),
]

/** `трирічний`, `двотижневий`, `hundredfold`: numerals that begin a word of measure. */
const prefixed =
  /^(\p{L}[\p{L}’]+?)(?:річ|місяч|тижн|ден|добов|годин|хвилин|секунд|мільйон|мільярд|тисяч|відсотк|процент|метр|кілометр|поверх|кімнат|значн|сторон|етап|раз|крат|рівн|частков|бальн|fold$)/u

const readings = new Map<string, NumberWord | undefined>()

function readNumberWord(word: string): NumberWord | undefined {
  const lower = word.toLowerCase().replace(/['ʼ]/g, '’')
  if (readings.has(lower)) return readings.get(lower)
  const found =
    exact.get(lower) ??
    (/[а-яіїєґ]/u.test(lower) ? forms.find(([pattern]) => pattern.test(lower))?.[1] : undefined) ??
    readPrefixed(lower)
  if (readings.size > 20_000) readings.clear()
  readings.set(lower, found)
  return found
}

function readPrefixed(lower: string): NumberWord | undefined {
  const prefix = prefixed.exec(lower)?.[1]
  if (prefix === undefined) return undefined
  const whole = /^двох?$/.test(prefix) ? 'два' : prefix
  if (lower.endsWith('fold')) {
    const times = whole === 'hundred' ? 100 : exact.get(whole)
    const value = typeof times === 'number' ? times : times?.kind === 'part' ? times.value : 0
    return value > 0 ? { kind: 'multiple', value } : undefined
  }
  const meaning = exact.get(whole) ?? forms.find(([pattern]) => pattern.test(whole))?.[1]
  return meaning?.kind === 'part' && meaning.isOrdinal === undefined ? meaning : undefined
}

const words = /\p{L}[\p{L}\p{M}’'ʼ]*/gu

/** The numbers in words of a text: cardinals and ordinals from two on, fractions and multiples. */
export function listWordNumbers(text: string): FoundNumber[] {
  const all = [...text.matchAll(words)].map((match) => ({
    word: match[0],
    at: match.index,
    end: match.index + match[0].length,
    meaning: readNumberWord(match[0]),
  }))
  const found: FoundNumber[] = []
  for (let first = 0; first < all.length; first += 1) {
    const start = all[first]
    if (!start?.meaning) continue
    // The scale after digits belongs to them: 5 million.
    if (
      start.meaning.kind === 'scale' &&
      /\d[\s -]*$/u.test(text.slice(Math.max(0, start.at - 3), start.at))
    )
      continue
    let value = 0
    let whole = 0
    let isOrdinal = false
    let counted: number[] = []
    let isMany = false
    let hasPart = false
    let hasFraction = false
    let last = first
    for (let at = first; at < all.length; at += 1) {
      const one = all[at]
      if (!one) break
      const gap = at === first ? ' ' : text.slice(all[at - 1]?.end, one.at)
      if (!/^[\s -]+$/u.test(gap)) break
      const { meaning } = one
      if (!meaning) {
        // two hundred and fifty, half of a million, два з половиною мільйони
        if (/^(?:and|of|a|an|з|із)$/iu.test(one.word) && at < first + 6) continue
        break
      }
      if (isOrdinal && meaning.kind !== 'fraction' && meaning.kind !== 'scale') break
      if (meaning.kind === 'part') {
        if (hasPart && meaning.value >= smallestPlace(whole)) {
          // two thirds, дві п’яті: a fraction
          if (!meaning.isOrdinal || whole > 9) break
          whole = whole / meaning.value
          last = at
          break
        }
        if (at > first && !isJoined(all, last, at, text)) break
        whole += meaning.value
        hasPart = true
        isOrdinal = meaning.isOrdinal === true
        isMany = meaning.isMany === true
      } else if (meaning.kind === 'hundred') {
        whole = (whole || 1) * 100
        hasPart = true
      } else if (meaning.kind === 'scale') {
        value += (whole || 1) * meaning.value
        whole = 0
        hasPart = false
      } else if (meaning.kind === 'fraction') {
        // The third quarter is the third, and a quarter of a year. A number has one fraction.
        if (isOrdinal || hasFraction) break
        hasFraction = true
        if (meaning.value < 1 && hasPart && whole < 20) {
          const isPlus = /(?:and a|з|із)\s+\S*$/iu.test(
            text.slice(Math.max(0, one.at - 8), one.at + 1),
          )
          // Seven halves may be drawn matches.
          if (!isPlus && whole * meaning.value > 1) counted = [whole]
          whole = isPlus ? whole + meaning.value : whole * meaning.value
        } else if (at > first) break
        else whole = meaning.value
        hasPart = true
      } else {
        if (at > first) break
        whole = meaning.value
        last = at
        break
      }
      last = at
    }
    const total = value + whole
    // All quarters are directions, or parts that nothing counts.
    const isUncounted = last === first && /^(?:quarters|halves)$/iu.test(start.word)
    if (total === 0 || isUncounted) continue
    const end = all[last]?.end ?? start.end
    const unit = readUnit(text, end) ?? readOwnUnit(all[last])
    // A third of the price; the fourth quarter is no fraction.
    const isFractionToo =
      isOrdinal &&
      total <= 10 &&
      value === 0 &&
      (/(?:^|\s)(?:an?|one)\s$/iu.test(text.slice(Math.max(0, start.at - 5), start.at)) ||
        /^(?:\s+of\b(?! \d)|\s+частин)/iu.test(text.slice(end, end + 10)))
    const isDouble = /^(?:double|triple|quadruple)$/iu.test(start.word)
    const isTimes =
      /^(?:[\s-]*(?:times|раз)|-time(?!\p{L}))/iu.test(text.slice(end, end + 8)) ||
      /\btimes\s$/iu.test(text.slice(Math.max(0, start.at - 7), start.at))
    found.push({
      text: text.slice(start.at, Math.max(unit?.end ?? 0, end)),
      value: total,
      values: [
        total,
        ...(isFractionToo ? [1 / total] : []),
        ...(isMany ? [1 / total] : []),
        ...counted,
        ...(total === 0.5 ? [50] : total === 0.25 ? [25, 15] : []),
      ],
      unit: unit?.unit,
      scale: 1,
      precision: 0.5,
      isInDigits: false,
      isOrdinal,
      isMultiple:
        (start.meaning.kind === 'multiple' && !isDouble) ||
        /^[\s-]*fold/iu.test(text.slice(end, end + 8)) ||
        /^[\p{L}’'ʼ]{3,}(?:раз|крат)/u.test(start.word.toLowerCase()),
      // Eight times, which may be eightfold or on eight occasions.
      ...(isDouble || isTimes ? { mayBeMultiple: true } : {}),
      at: start.at,
      end,
    })
    first = last
  }
  return found
}

/** The unit that a compound ends in: `трирічний` counts years, `двотижневий` weeks. */
function readOwnUnit(one: { word: string; at: number } | undefined) {
  const prefix =
    one && !exact.has(one.word) ? prefixed.exec(one.word.toLowerCase())?.[1] : undefined
  const found = one && prefix !== undefined ? readUnit(one.word, prefix.length) : undefined
  return found && one ? { unit: found.unit, end: one.at + found.end } : undefined
}

/** The last place of a number that is filled: 20 leaves room for 1 to 9. */
function smallestPlace(value: number): number {
  if (value % 100 === 0) return 100
  return value % 10 === 0 && value % 100 >= 20 ? 10 : 0
}

/** Parts of one number stand at each other, with at most one `and` between. */
function isJoined(
  all: { word: string; end: number; at: number }[],
  last: number,
  at: number,
  text: string,
): boolean {
  const between = text.slice(all[last]?.end ?? 0, all[at]?.at ?? 0)
  return /^[\s -]+(?:and\s+)?$/u.test(between)
}

/**
 * The values that words of a text account for beyond its numbers: `both` and `пара` are 2, a fortnight
 * is 14 days or 2 weeks, a decade 10 years. They count for the text that is checked against, never as
 * claims.
 */
export function listImpliedValues(text: string): number[] {
  return [...text.matchAll(impliedPattern)].flatMap(([word]) => impliedOf(word.toLowerCase()))
}

const implied: [words: string, values: number[]][] = [
  [
    'both обидва обидві обох обом обома обоє couple pair пара пару пари парою duo дует другий друга other another latter two-way inter',
    [2],
  ],
  [
    'once one single sole first раз один одна одне одного одної одній одному одну одним перший перша перше першого першої першому першу a an',
    [1],
  ],
  ['zero нуль нуля нулю', [0]],
  ['fortnight', [14, 2]],
  ['decade decades десятиліття десятиліть десятиріччя', [10]],
  ['century centuries століття століть сторіччя', [100]],
  ['millennium тисячоліття', [1000]],
  ['dozens десятки десятків десятками десятках', [10, 12, 20]],
  ['dozen дюжина', [12, 10]],
  ['hundreds сотні сотень сотнями сотнях centenary', [100]],
  ['thousands тисячі тисяч', [1000]],
  ['millions мільйони мільйонів', [1e6]],
  ['billions мільярди мільярдів', [1e9]],
  ['half-year півроку піврічний піврічна півріччя semester', [6, 0.5]],
  ['доба доби добу діб', [1]],
  ['noon midday опівдні полудень', [12]],
  ['midnight опівночі північ', [12, 24, 0]],
  ['double twin подвійний подвійна', [2]],
  ['triple trio потрійний', [3]],
  ['quarter квартал кварталу кварталі квартали', [0.25]],
  ['half пів половина тайм тайму таймі таймом', [0.5, 50]],
  ['trinity трійця', [3]],
  ['teenager підліток', [13]],
  ['секунд секунда секунди секунду', [2]],
]
const impliedValues = new Map(
  implied.flatMap(([words, values]) => words.split(' ').map((word) => [word, values] as const)),
)
const impliedPattern = /\p{L}[\p{L}’'ʼ-]*/gu
const impliedPrefixes: [pattern: RegExp, values: number[]][] = [
  [/^(?:подвій|двостор|двох\p{L})/u, [2]],
  [/^(?:потрій|трьох\p{L}|трирі|тримі)/u, [3]],
  [/^пів(?!д|н|ч)/u, [0.5, 50]],
  [/^(?:чотири|четверт)/u, [4]],
  [/^п’яти(?!ц)/u, [5]],
  [/^tri(?:ple|o|lat|ang)/u, [3]],
  [/^(?:bilat|biannual|biennial|biweekly|dual)/u, [2]],
]

function impliedOf(word: string): number[] {
  const plain = word.replace(/['ʼ]/g, '’')
  const known = impliedValues.get(plain)
  if (known) return known
  return impliedPrefixes.find(([pattern]) => pattern.test(plain))?.[1] ?? []
}
