import type { IncomingHttpHeaders } from 'node:http'
import type { ContentEncoding } from './negotiate-encoding.ts'

/** The `ETag` of a document in one encoding: every encoding is other bytes, so it has its own. */
export function toEtagHeader(etag: string, encoding: ContentEncoding): string {
  return encoding === 'identity' ? `"${etag}"` : `"${etag}.${encoding}"`
}

/** What a client's conditions are held against: the headers of the answer that it would get. */
export type Validators = {
  /** As in the `ETag` header, quotes included. */
  etag: string
  /** UTC instant on a whole second. */
  lastModifiedAt?: string | undefined
}

const conditionNames = [
  'if-match',
  'if-unmodified-since',
  'if-none-match',
  'if-modified-since',
] as const

type Conditions = Pick<IncomingHttpHeaders, (typeof conditionNames)[number]>

/**
 * The status that a client's conditions lead to (RFC 9110, 13.2.2): 412 when it wants another state,
 * 304 when it holds this one, else 200.
 */
export function evaluateConditions(headers: Conditions, validators: Validators): 200 | 304 | 412 {
  if (!conditionNames.some((name) => headers[name] !== undefined)) return 200
  const { etag, lastModifiedAt } = validators
  const modified = lastModifiedAt === undefined ? undefined : Date.parse(lastModifiedAt)
  const match = headers['if-match']
  if (match !== undefined) {
    if (!listTags(match).some((tag) => tag === '*' || tag === etag)) return 412
  } else if (modified !== undefined) {
    const unmodifiedSince = parseHttpDate(headers['if-unmodified-since'])
    if (unmodifiedSince !== undefined && modified > unmodifiedSince) return 412
  }
  const held = headers['if-none-match']
  if (held !== undefined) return listTags(held).some((tag) => isSame(tag, etag)) ? 304 : 200
  const since = parseHttpDate(headers['if-modified-since'])
  return since !== undefined && modified !== undefined && modified <= since ? 304 : 200
}

/** The entity tags of a header, weak marks included, or `*`. What is no tag is passed over. */
function listTags(header: string): string[] {
  return header.trim() === '*'
    ? ['*']
    : (header.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [])
}

/**
 * The weak comparison. Apache marks what it compresses (`"abc-gzip"`, `"abc-br"`) and hands the mark
 * back to us; the document is the same.
 */
function isSame(held: string, etag: string): boolean {
  if (held === '*') return true
  const tag = held.replace(/^W\//, '')
  return tag === etag || tag.replace(/-(?:gzip|br)"$/, '"') === etag
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * An HTTP-date in any of its three forms (RFC 9110, 5.6.7), in milliseconds since 1970; undefined for
 * everything else, and for days that no calendar has.
 */
export function parseHttpDate(text: string | undefined): number | undefined {
  const fixed = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/
  const rfc850 = /^[A-Z][a-z]{5,8}, (\d\d)-([A-Z][a-z]{2})-(\d\d) (\d\d):(\d\d):(\d\d) GMT$/
  const asctime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/
  const given = text?.trim() ?? ''
  const inOrder = fixed.exec(given) ?? rfc850.exec(given)
  if (inOrder) {
    const [, day, month, year, hour, minute, second] = inOrder
    return toTime([year, month, day, hour, minute, second])
  }
  const [, month, day, hour, minute, second, year] = asctime.exec(given) ?? []
  return year === undefined ? undefined : toTime([year, month, day, hour, minute, second])
}

function toTime(parts: (string | undefined)[]): number | undefined {
  const [year = 0, , day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  const month = months.indexOf(parts[1] ?? '')
  // Two digits are of this century, unless that lies more than fifty years ahead.
  const full = parts[0]?.length === 2 ? toFullYear(year) : year
  const time = Date.UTC(full, month, day, hour, minute, second)
  const date = new Date(time)
  const isReal = month >= 0 && date.getUTCDate() === day && hour < 24 && minute < 60 && second <= 60
  return isReal ? time : undefined
}

function toFullYear(twoDigits: number): number {
  const thisYear = new Date().getUTCFullYear()
  const year = Math.floor(thisYear / 100) * 100 + twoDigits
  return year > thisYear + 50 ? year - 100 : year
}
