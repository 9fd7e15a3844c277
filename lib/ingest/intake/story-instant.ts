import { parseInstant } from '#lib/content/front-matter/parse-instant.ts'

/**
 * When a story was published, as a UTC instant. Feeds write RFC 822, ISO 8601 and whatever their
 * program prints; what cannot be read, lies before 1990 or in the future becomes `seenAt`.
 */
export function toStoryInstant(written: string | undefined, seenAt: string): string {
  const at = readInstant(written?.slice(0, maxLength).trim() ?? '')
  if (at === undefined) return seenAt
  return at > seenAt ? seenAt : at
}

/** No format of a date is longer; what stands behind is not read. */
const maxLength = 100

function readInstant(text: string): string | undefined {
  const known = parseInstant(text)?.at
  if (known !== undefined) return known
  if (/^\d{10}$/.test(text)) return new Date(Number(text) * 1000).toISOString()
  const liberal = toRfc2822(text)
  if (liberal !== undefined) return parseInstant(liberal)?.at
  return undefined
}

/** Two-digit years, long month and day names, missing seconds and zones: RFC 822 as it is met. */
function toRfc2822(text: string): string | undefined {
  const match =
    /^(?:\p{L}+\.?,?\s+)?(\d{1,2})[\s-](\p{L}{3})\p{L}*\.?[\s-](\d{4}|\d\d),?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(.*)$/u.exec(
      text,
    )
  if (!match) return undefined
  const [, day, month, year = '', hour = '', minute, second = '00', zone = ''] = match
  const fullYear = year.length === 2 ? `20${year}` : year
  return `${day} ${month} ${fullYear} ${hour.padStart(2, '0')}:${minute}:${second} ${toZone(zone)}`
}

function toZone(zone: string): string {
  const plain = zone.trim().replace(/\s*\(.*\)$/, '')
  const offset = /^(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d\d)?$/i.exec(plain)
  if (offset) return `${offset[1]}${(offset[2] ?? '').padStart(2, '0')}${offset[3] ?? '00'}`
  return plain === '' ? 'GMT' : plain
}
