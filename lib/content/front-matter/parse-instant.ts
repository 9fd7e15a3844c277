/** An instant as written; `isZoned` is false when no time zone was, and UTC was taken. */
export type WrittenInstant = { at: string; isZoned: boolean }

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:[Tt]| +)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/i
const rfc2822 =
  /^(?:[A-Z]{3}, ?)?(\d{1,2}) ([A-Z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([+-]\d{4}|Z|[A-Z]{2,3})$/i
const months = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** Hours from UTC of the zone names that RFC 2822, section 4.3, gives a meaning. */
const namedZones: Record<string, number> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
}

/**
 * ISO 8601 (a date, or a date and time) or an RFC 2822 date with its zone. The answer is undefined
 * for anything else, for days and hours that do not exist (they are never rolled over), and for
 * years before 1990 or after 2200. Fractions are cut to milliseconds.
 */
export function parseInstant(text: string): WrittenInstant | undefined {
  return parseIso(text) ?? parseRfc2822(text)
}

function parseIso(text: string): WrittenInstant | undefined {
  const match = iso.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  const at = toInstant(
    [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)],
    milliseconds,
    zone ?? 'Z',
  )
  return at === undefined ? undefined : { at, isZoned: zone !== undefined }
}

function parseRfc2822(text: string): WrittenInstant | undefined {
  const match = rfc2822.exec(text)
  if (!match) return undefined
  const [, day, monthName = '', year, hour, minute, second = '0', zone = ''] = match
  const month = months.indexOf(monthName.toLowerCase()) / 3 + 1
  if (!Number.isInteger(month) || month < 1) return undefined
  const at = toInstant(
    [Number(year), month, Number(day), Number(hour), Number(minute), Number(second)],
    0,
    zone,
  )
  return at === undefined ? undefined : { at, isZoned: true }
}

type Clock = [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
]

function toInstant(clock: Clock, milliseconds: number, zone: string): string | undefined {
  const [year, month, day, hour, minute, second] = clock
  const offset = toOffsetMinutes(zone)
  if (offset === undefined || hour > 23 || minute > 59 || second > 59) return undefined
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  const time = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset * 60_000
  const at = new Date(time).toISOString()
  return at >= '1990' && at < '2201' && at.length === 24 ? at : undefined
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

function toOffsetMinutes(zone: string): number | undefined {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  if (!match) {
    const hours = namedZones[zone.toUpperCase()]
    return hours === undefined ? undefined : hours * 60
  }
  const [, sign, hours, minutes = '0'] = match
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
