/** Days, months and weekdays as keys that are the same in both languages: `11-22`, `m11`, `w1`. */
export type FoundDate = { text: string; key: string; at: number }

const months: [number, string][] = [
  [1, 'jan(?:uary)?|січ(?:ень|ня|ні|нем|ню)'],
  [2, 'feb(?:ruary)?|лют(?:ий|ого|ому|им)'],
  [3, 'mar(?:ch)?|берез(?:ень|ня|ні|нем|ню)'],
  [4, 'apr(?:il)?|квіт(?:ень|ня|ні|нем|ню)'],
  [5, 'may|трав(?:ень|ня|ні|нем|ню)'],
  [6, 'june?|черв(?:ень|ня|ні|нем|ню)'],
  [7, 'july?|лип(?:ень|ня|ні|нем|ню)'],
  [8, 'aug(?:ust)?|серп(?:ень|ня|ні|нем|ню)'],
  [9, 'sept?(?:ember)?|верес(?:ень|ня|ні|нем|ню)'],
  [10, 'oct(?:ober)?|жовт(?:ень|ня|ні|нем|ню)'],
  [11, 'nov(?:ember)?|листопад(?:а|і|ом|у)?'],
  [12, 'dec(?:ember)?|груд(?:ень|ня|ні|нем|ню)'],
]

const weekdays: [number, string][] = [
  [1, 'mondays?|понеділ(?:ок|ка|ку|ком)'],
  [2, 'tuesdays?|вівтор(?:ок|ка|ку|ком)'],
  [3, 'wednesdays?|серед(?:а|у|и|ою)'],
  [4, 'thursdays?|четвер(?:га|гу|гом)?'],
  [5, "fridays?|п[ʼ’']ятниц(?:я|ю|і|ею)"],
  [6, 'saturdays?|субот(?:а|у|и|ою|і)'],
  [7, 'sundays?|неділ(?:я|ю|і|ею)'],
]

const whole = (pattern: string) => `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`

const monthPatterns = months.map(([number, pattern]) => ({
  number,
  dayFirst: new RegExp(
    `(?<![\\p{N}.,])(\\d{1,2})(?:st|nd|rd|th|-го)?\\s+(?:of\\s+)?${whole(pattern)}`,
    'giu',
  ),
  monthFirst: new RegExp(
    `${whole(pattern)}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\p{N}:]|[.,]\\d|\\s*(?:%|тис|мл|тр|mil|bil|thou|per))`,
    'giu',
  ),
  alone: new RegExp(whole(pattern), 'giu'),
}))

const weekdayPatterns = weekdays.map(
  ([number, pattern]) => [number, new RegExp(whole(pattern), 'giu')] as const,
)

/** `may` is mostly no month, `mar` and `середа` are mostly no dates: these count only with a day. */
const needsDay = /^(may|mar|sep|dec|jan|feb|apr|jun|jul|aug|oct|nov)$/

/** The dates of a text. A day of a month gives both keys, the day's and the month's. */
export function listDates(text: string): FoundDate[] {
  return [...listMonths(text), ...listWeekdays(text), ...listNumericDates(text)]
}

function listMonths(text: string): FoundDate[] {
  return monthPatterns.flatMap(({ number, dayFirst, monthFirst, alone }) => {
    const days = [...text.matchAll(dayFirst), ...text.matchAll(monthFirst)].flatMap((match) => {
      const day = Number(match[1])
      const key = `${number}-${day}`
      return day > 0 && day < 32 ? [{ text: match[0], key, at: match.index }] : []
    })
    const single = [...text.matchAll(alone)].filter((match) => {
      const isCapital = /^\p{Lu}/u.test(match[0])
      const word = match[0].toLowerCase()
      if (word === 'may')
        return (
          isCapital &&
          /(?:in|since|by|until|last|of)\s+$/i.test(
            text.slice(Math.max(0, match.index - 20), match.index),
          )
        )
      if (word === 'march') return isCapital
      return !needsDay.test(word) || (isCapital && days.length > 0)
    })
    return [
      ...days,
      ...single.map((match) => ({ text: match[0], key: `m${number}`, at: match.index })),
    ]
  })
}

function listWeekdays(text: string): FoundDate[] {
  return weekdayPatterns.flatMap(([number, pattern]) =>
    [...text.matchAll(pattern)]
      .filter(
        (match) => number !== 3 || !/^серед/iu.test(match[0]) || isWeekdayUse(text, match.index),
      )
      .map((match) => ({ text: match[0], key: `w${number}`, at: match.index })),
  )
}

/** `у середу` is a Wednesday, `серед` and `середа` alone need not be. */
function isWeekdayUse(text: string, at: number): boolean {
  return /(?:^|\s)(?:у|в|до|з|від|на)\s+$/iu.test(text.slice(Math.max(0, at - 5), at))
}

function listNumericDates(text: string): FoundDate[] {
  const iso = [...text.matchAll(/(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)/g)].map((match) => ({
    match,
    month: Number(match[2]),
    day: Number(match[3]),
  }))
  const dotted = [...text.matchAll(/(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d.])/g)].map(
    (match) => ({ match, month: Number(match[2]), day: Number(match[1]) }),
  )
  return [...iso, ...dotted].flatMap(({ match, month, day }) => [
    { text: match[0], key: `${month}-${day}`, at: match.index },
    { text: match[0], key: `m${month}`, at: match.index },
  ])
}
