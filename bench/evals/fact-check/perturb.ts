import type { Language } from './parallel-texts.ts'

/** A way in which a model falsifies a text. */
export type Perturbation = {
  kind: string
  /** Other texts, each with one fact of the kind changed; none where the text has no such fact. */
  change: (text: string, language: Language, random: Random) => string[]
}

/** Numbers from 0 up to 1, the same in every run. */
export type Random = () => number

/** A linear congruential generator, so that every run changes the same facts. */
export function openRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** In letters of both scripts. */
const edge = { start: "(?<![\\p{L}\\p{N}’ʼ'-])", end: "(?![\\p{L}\\p{N}’ʼ'-])" }

/** Words of which one stands for another in the same form: replaced by the next of the row. */
const rows: Record<string, Record<Language, string[]>> = {
  month: {
    en: ['January February March April June July August September October November December'],
    uk: [
      'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
      'січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні',
    ],
  },
  weekday: {
    en: ['Monday Tuesday Wednesday Thursday Friday Saturday Sunday'],
    uk: ['понеділок вівторок четвер п’ятницю суботу неділю'],
  },
  currency: {
    en: ['$ €', 'dollars euros', 'dollar euro', 'hryvnias dollars', 'pounds euros', 'USD EUR'],
    uk: [
      '$ €',
      'доларів євро гривень',
      'долари гривні',
      'доларами гривнями',
      'доларах гривнях',
      'долара гривні',
      'фунтів доларів',
      'грн євро',
    ],
  },
  unit: {
    en: [
      'kilometers miles',
      'kilometres miles',
      'km miles',
      'kg tons',
      'meters feet',
      'metres feet',
      'minutes hours days weeks months years',
      'minute hour day week month year',
      'megawatts gigawatts',
      'tons pounds',
      'degrees kilometres',
      'bits bytes',
      'percent kilometres',
    ],
    uk: [
      'кілометрів метрів',
      'кілометри метри',
      'км миль',
      'кг тонн',
      'хвилин годин днів тижнів місяців років',
      'хвилини години дні тижні місяці роки',
      'хвилину годину день тиждень місяць рік',
      'мегават гігават',
      'тонн кілограмів',
      'градусів кілометрів',
      'бітів байтів',
      'МВт кг',
    ],
  },
  direction: {
    en: [
      'rose fell',
      'risen fallen',
      'increased decreased',
      'increase decrease',
      'rising falling',
      'grew shrank',
      'gained lost',
      'gains losses',
      'higher lower',
      'raised lowered',
      'surged plunged',
    ],
    uk: [
      'зріс впав',
      'зросла впала',
      'зросло впало',
      'зросли впали',
      'зростає падає',
      'збільшилася зменшилася',
      'збільшився зменшився',
      'збільшилось зменшилось',
      'збільшення зменшення',
      'зростання падіння',
      'підвищення зниження',
      'вищі нижчі',
      'подорожчав подешевшав',
      'знизилася підвищилася',
    ],
  },
  'number in words': {
    en: [
      'two five seven three eight four nine six ten twelve',
      'twenty thirty forty fifty sixty',
      'dozen hundred thousand million billion',
    ],
    uk: [
      'два п’ять сім три вісім чотири дев’ять шість десять дванадцять',
      'дві сім',
      'двох п’яти трьох восьми чотирьох шести десяти семи',
      'двома сьома трьома чотирма',
      'троє п’ятеро четверо семеро',
      'двадцять тридцять сорок п’ятдесят',
      'сотня тисяча',
      'тисяч мільйонів мільярдів',
    ],
  },
  ordinal: {
    en: ['third fifth fourth seventh sixth tenth', 'second fourth'],
    uk: [
      'третій п’ятий четвертий сьомий шостий',
      'третя п’ята четверта сьома',
      'третьої п’ятої четвертої сьомої',
      'третьому п’ятому четвертому сьомому',
      'третю п’яту четверту',
      'третє п’яте четверте',
      'друге четверте',
    ],
  },
  fraction: {
    en: ['half third', 'quarter third', 'thirds quarters'],
    uk: ['половина чверть', 'половину третину', 'половини чверті', 'третину чверть'],
  },
  multiple: {
    en: ['doubled tripled', 'double triple', 'twice thrice', 'tripled quadrupled'],
    uk: ['вдвічі вчетверо', 'удвічі утричі', 'двічі тричі', 'подвоївся потроївся'],
  },
  'relative date': {
    en: ['yesterday tomorrow', 'today yesterday'],
    uk: ['вчора завтра', 'сьогодні вчора'],
  },
}

const negations: Record<Language, RegExp> = {
  en: /(?<![\p{L}])(?:do|does|did) not (?=\p{L})|(?<=\p{L})n[’']t\b(?! only)|\bnot (?!only|far|just)|\bnever |\bno (?=\p{Ll})|\bwithout (?=\p{Ll})|\bnone\b|\bcannot\b/gu,
  uk: /(?<!\p{L})не (?=\p{L})(?!лише|тільки|просто|менш|більш)|(?<!\p{L})(?:немає|нема)(?!\p{L})|(?<!\p{L})жодн\p{L}+ |(?<!\p{L})без (?=\p{L})/giu,
}
const without: Record<string, string> = {
  cannot: 'can',
  none: 'all',
  немає: 'є',
  нема: 'є',
  'without ': 'with ',
  'без ': 'з ',
}

function isDeniedTwice(text: string, at: number, found: string): boolean {
  const start = Math.max(text.lastIndexOf('. ', at), text.lastIndexOf(';', at), 0)
  const end = text.slice(at).search(/[.;]/u)
  const clause =
    text.slice(start, at) + text.slice(at + found.length, end === -1 ? undefined : at + end)
  return /(?<!\p{L})(?:ні|ніхто|нікого|нікому|ніщо|нічого|нічому|ніколи|ніде|нікуди|жод\p{L}+|не|без|немає|нема|without|none|nobody|nothing|never|neither|nor)(?!\p{L})/iu.test(
    clause,
  )
}

const inventedNames: Record<Language, string[]> = {
  en: [
    'Pemberton',
    'Hargreaves',
    'Okonkwo',
    'Lindqvist',
    'Nakashima',
    'Delacroix',
    'Zylo',
    'Fairweather',
    'Quandry',
    'Bellweather',
    'Tucker',
    'Oslo',
    'Vertex',
    'Moretti',
    'Steinhauer',
    'Ogilvie',
    'Dubrovnik',
    'Jonathan',
    'Priscilla',
    'Huang',
  ],
  uk: [
    'Ткаченко',
    'Петренком',
    'Гончаренка',
    'Пемберт',
    'Ліндквіст',
    'Оконкво',
    'Біленко',
    'Вишневський',
    'Моретті',
    'Штайнгауер',
    'Житомир',
    'Ужгороді',
    'Делакруа',
    'Накасіма',
    'Гордієнко',
    'Василина',
    'Зенон',
    'Хуан',
    'Діброва',
    'Остап',
  ],
}

const speech: Record<Language, string[]> = {
  en: [
    '“We will crush all of our rivals this year,” he said.',
    '"It was the best decision of my life," she added.',
    'He told reporters: ‘nobody saw the money coming in’.',
    "She wrote: 'the whole market is going to zero'.",
    'According to him, «the talks were over before dinner».',
    'The chairman said: “The vote will be repeated in spring.',
    'He called it „the last chance for the whole industry“.',
  ],
  uk: [
    '«Ми знищимо всіх конкурентів цього року», — сказав він.',
    '"Це було найкраще рішення в моєму житті", — додала вона.',
    '„Гроші закінчаться раніше, ніж думають усі“, — пише він.',
    '“Переговори завершилися ще до обіду”, — сказала речниця.',
    "Він написав: 'увесь ринок котиться до нуля'.",
    'Голова сказав: «Голосування повторять навесні.',
    '— Це останній шанс для всієї галузі, — сказав він.',
  ],
}

function fromRow(kind: string): Perturbation {
  return {
    kind,
    change: (text, language) =>
      (rows[kind]?.[language] ?? []).flatMap((row) => {
        const words = row.split(' ')
        return words.flatMap((word, number) => {
          const other = words[(number + 1) % words.length] ?? ''
          const quoted = word.replace('$', '\\$').replaceAll('’', "[’ʼ']")
          const isSign = /^[$€]$/.test(word)
          const pattern = isSign ? quoted : `${edge.start}${quoted}${edge.end}`
          return replaceFirst(text, new RegExp(pattern, 'u'), () => other)
        })
      }),
  }
}

function replaceFirst(text: string, pattern: RegExp, to: (found: string) => string): string[] {
  const changed = text.replace(pattern, to)
  return changed === text ? [] : [changed]
}

const digits = /(?<![\p{L}\p{N}.,:/-])\d+(?:[.,  ]\d+)*(?![\p{L}\p{N}/:-])/gu
/** A capital inside a sentence that begins no abbreviation; what stands in capitals is no such name. */
const nameInside = /(?<=[\p{Ll},] )\p{Lu}\p{Ll}{3,}(?![\p{L}’'-])/gu

const pick = <Item>(items: Item[], random: Random) =>
  items[Math.floor(random() * items.length)] as Item

/** Every kind of change, for a text in either language. */
export const perturbations: Perturbation[] = [
  {
    kind: 'number',
    change: (text, _, random) =>
      [...text.matchAll(digits)].map(({ 0: found, index }) => {
        const at = Math.floor(random() * found.length)
        const digit = /\d/.test(found[at] ?? '') ? at : 0
        const other = (Number(found[digit]) + 1 + Math.floor(random() * 8)) % 10
        const changed = found.slice(0, digit) + (other || 5) + found.slice(digit + 1)
        const isOther = changed !== found ? changed : `${found}7`
        return text.slice(0, index) + isOther + text.slice(index + found.length)
      }),
  },
  {
    kind: 'number swapped',
    change: (text) => {
      // A day and a year that change places still name the same date.
      const found = [...text.matchAll(digits)].filter(([number]) => !/^(?:19|20)\d\d$/.test(number))
      const [one, other] = [found[0], found.find(([number]) => number !== found[0]?.[0])]
      if (!one || !other) return []
      return [
        text.slice(0, one.index) +
          other[0] +
          text.slice(one.index + one[0].length, other.index) +
          one[0] +
          text.slice(other.index + other[0].length),
      ]
    },
  },
  ...['month', 'weekday', 'relative date', 'currency', 'unit'].map(fromRow),
  ...['number in words', 'ordinal', 'fraction', 'multiple', 'direction'].map(fromRow),
  {
    kind: 'name replaced',
    change: (text, language, random) => {
      const found = [...text.matchAll(nameInside)]
      const match = found.length > 0 ? pick(found, random) : undefined
      if (!match) return []
      const name = pick(inventedNames[language], random)
      return [text.slice(0, match.index) + name + text.slice(match.index + match[0].length)]
    },
  },
  {
    kind: 'name added',
    change: (text, language, random) => {
      const name = pick(inventedNames[language], random)
      const by = language === 'en' ? `, according to ${name}.` : `, зазначає ${name}.`
      return /\p{L}\.$/u.test(text) ? [text.replace(/\.$/, by)] : []
    },
  },
  {
    kind: 'name first',
    change: (text, language, random) => {
      const name = pick(inventedNames[language], random)
      const verb = language === 'en' ? 'confirmed this.' : 'підтверджує це.'
      return /[.!?]$/.test(text) ? [`${text} ${name} ${verb}`] : []
    },
  },
  {
    kind: 'quotation',
    change: (text, language, random) =>
      /[.!?]$/.test(text) ? [`${text} ${pick(speech[language], random)}`] : [],
  },
  {
    kind: 'negation dropped',
    change: (text, language) =>
      [...text.matchAll(negations[language])]
        // Ukrainian denies one thing with two words: one of them alone is no change.
        .filter(({ 0: found, index }) => !isDeniedTwice(text, index, found))
        .map(
          ({ 0: found, index }) =>
            text.slice(0, index) + (without[found] ?? '') + text.slice(index + found.length),
        ),
  },
  {
    kind: 'negation added',
    change: (text, language) =>
      language === 'en'
        ? replaceFirst(
            text,
            /\b(?:is|was|are|were|will|can|could|would) (?=\p{Ll})/u,
            (verb) => `${verb}not `,
          )
        : replaceFirst(
            text,
            /(?<=\p{Ll} )(?=(?:є|був|була|було|були|може|можуть|має|мають|буде|будуть|стало?|становить) )/u,
            () => 'не ',
          ),
  },
]
