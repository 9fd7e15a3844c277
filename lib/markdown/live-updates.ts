import type { Heading as HeadingNode, Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { dayIn } from '#lib/site/day-in.ts'
import type { BodyFinding } from './clean-body.ts'
import { gfmOptions } from './remark-keep-text.ts'

/** An update of a live story. `title` and `text` are Markdown; `at` is a UTC instant, to the minute. */
export type LiveUpdate = { at: string; title: string; text: string }

export type ArrangedBody = {
  /** Introduction, updates from the newest, further sections. */
  body: string
  /** Of the newest update in it; undefined where there is none. */
  newestAt: string | undefined
  /** When the next update that was left out is due; undefined where none was. */
  nextDueAt: string | undefined
  /** Lines count from 1 in the body that was given. */
  findings: BodyFinding[]
}

/**
 * The body of a live story as its editor writes it → as readers get it. An update is a section of the
 * second level whose heading begins with a time: `## 14:20 …`, `## 2026-11-30 14:20 …`, `## 2:20 pm …`,
 * in bold or not, with or without `UTC`, `Z` or an offset. A time without a date belongs to the date of the
 * nearest dated heading above it, else to the day of publication; a time without a zone is one of the
 * publication's.
 *
 * What stands before the first update stays above all updates. Sections that are no updates keep their
 * order, above or below the updates as in the file, and are named. Headings of updates come out with
 * their instant (`## 2026-11-30T14:20:00Z …`), so that whoever reads the body later needs neither zone
 * nor day. Updates that are due after `now` are left out and named; without `now` there are none.
 */
export function arrangeUpdates(
  source: string,
  { publishedAt, timeZone, now }: { publishedAt: string; timeZone: string; now?: Date | undefined },
): ArrangedBody {
  const findings: BodyFinding[] = []
  const warn = (line: number, found: string, expected: string) =>
    findings.push({ severity: 'warning', line, found, expected })
  const { introduction, sections } = splitSections(source)
  const before: string[] = []
  const after: string[] = []
  const updates: LiveUpdate[] = []
  const held: string[] = []
  let day = dayIn(timeZone, Date.parse(publishedAt))
  for (const { line, heading, text, whole } of sections) {
    const time = readTime(heading)
    const ownDay = time?.day ?? day
    const at = time && toInstant(time, ownDay, timeZone)
    if (at !== undefined) day = ownDay
    if (!time || at === undefined) {
      const found = `the heading ${JSON.stringify(heading.slice(0, 60))}`
      warn(line, found, 'a time such as 14:20 before it; it stays a section and is no update')
      if (updates.length + held.length > 0) after.push(whole)
      else before.push(whole)
    } else if (now && Date.parse(at) > now.getTime()) {
      held.push(at)
      warn(line, `an update of ${at}`, 'a time that has passed; the update is left out until then')
    } else updates.push({ at, title: time.title, text })
  }
  if (updates.length + held.length === 0) {
    warn(1, 'a live story without updates', 'sections such as ## 14:20 What happened')
  }
  updates.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  const written = updates.map(({ at, title, text }) => {
    const heading = `## ${at.replace('.000Z', 'Z')}${title && ` ${title}`}`
    return text ? `${heading}\n\n${text}` : heading
  })
  const parts = [introduction, ...before, ...written, ...after].map((part) => part.trim())
  return {
    body: `${parts.filter((part) => part !== '').join('\n\n')}\n`,
    newestAt: updates[0]?.at,
    nextDueAt: held.sort()[0],
    findings,
  }
}

/** The updates of a body that `arrangeUpdates` made, from the newest, with the ids of their headings. */
export function listUpdates(arranged: string): (LiveUpdate & { id: string })[] {
  const taken = new Map<string, number>()
  return splitSections(arranged).sections.flatMap(({ heading, text }) => {
    const update = readUpdateHeading(heading)
    return update ? [{ ...update, text, id: toUpdateId(update.at, taken) }] : []
  })
}

/** A heading that `arrangeUpdates` wrote; undefined for any other. */
export function readUpdateHeading(heading: string): { at: string; title: string } | undefined {
  const [, at, title = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:00)Z(?: (.*))?$/s.exec(heading) ?? []
  return at === undefined ? undefined : { at: `${at}.000Z`, title }
}

/**
 * The id of an update's heading, by its time: it stays when the title is edited. `taken` counts how
 * many updates of each minute there were before.
 */
export function toUpdateId(at: string, taken: Map<string, number>): string {
  const base = `update-${at.slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')}`
  const number = (taken.get(base) ?? 0) + 1
  taken.set(base, number)
  return number === 1 ? base : `${base}-${number}`
}

const parser = unified().use(remarkParse).use(remarkGfm, gfmOptions).freeze()

type Section = { line: number; heading: string; text: string; whole: string }

/** Cut where the page has headings of the second level: not in code, lists or quotations. */
function splitSections(source: string): { introduction: string; sections: Section[] } {
  const tree: Root = parser.parse(source)
  const headings = tree.children.filter(
    (node): node is HeadingNode => node.type === 'heading' && node.depth === 2,
  )
  const starts = headings.map(({ position }) => position?.start.offset ?? 0)
  const sections = headings.map((node, at): Section => {
    const start = starts[at] ?? 0
    const end = node.position?.end.offset ?? start
    const whole = source.slice(start, starts[at + 1])
    return {
      line: node.position?.start.line ?? 1,
      heading: source
        .slice(start, end)
        .replace(/^ {0,3}##[ \t]*/, '')
        .replace(/(?:^|[ \t]+)#+[ \t]*$/, '')
        .trim(),
      text: source.slice(end, starts[at + 1]).trim(),
      whole,
    }
  })
  return { introduction: source.slice(0, starts[0]), sections }
}

type WrittenTime = {
  day: string | undefined
  hour: number
  minute: number
  /** `Z` or an offset such as `+02:00`. */
  zone: string | undefined
  title: string
}

const written =
  /^(?:(\d{4}-\d\d-\d\d)(?:T|,?\s+))?(\d{1,2}):(\d\d)(?::\d\d)?(?:\s?([ap])\.?m\b\.?)?(?:\s?(Z|UTC|GMT|[+-]\d\d:?\d\d))?(?=$|[\s—–:.,|-])\s*[—–:.,|-]?\s*(.*)$/is

/**
 * A heading without the emphasis that it begins with, and with plain hyphens in its date: an update of
 * the future must not be shown because its time is in bold.
 */
const toPlainStart = (heading: string): string =>
  heading
    .replace(/^(\*{1,3}|_{1,3}|`)(?=\d)(.*?)\1/s, '$2')
    .replace(/^(\d{4})[\u2010-\u2013\u2212-](\d\d)[\u2010-\u2013\u2212-](\d\d)/, '$1-$2-$3')

function readTime(heading: string): WrittenTime | undefined {
  const match = written.exec(toPlainStart(heading))
  if (!match) return undefined
  const [, day, shown, minute, half, zone, title = ''] = match
  const isUtc = zone !== undefined && /^[A-Z]/i.test(zone)
  const hour = Number(shown)
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined
  return {
    day,
    hour: half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0),
    minute: Number(minute),
    zone: isUtc ? 'Z' : zone?.replace(/(\d\d)(\d\d)$/, '$1:$2'),
    title: title.trim(),
  }
}

/** Undefined for days and hours that do not exist. */
function toInstant(time: WrittenTime, day: string, timeZone: string): string | undefined {
  if (time.hour > 23 || time.minute > 59) return undefined
  const clock = `${day}T${twoDigits(time.hour)}:${twoDigits(time.minute)}`
  const asUtc = Date.parse(`${clock}:00Z`)
  // Days that do not exist are refused or rolled over.
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 16) !== clock) return undefined
  if (time.zone !== undefined) return toIso(Date.parse(`${clock}:00${time.zone}`))
  // The offset of the zone at about that time, then at the time that it gives.
  const guess = asUtc - offsetAt(asUtc, timeZone)
  return toIso(asUtc - offsetAt(guess, timeZone))
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

const toIso = (at: number) => (Number.isNaN(at) ? undefined : new Date(at).toISOString())

/** What the clocks of a zone show at an instant (ms since 1970): `2026-11-30T14:20`. */
function toClock(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}

/** In ms. */
const offsetAt = (at: number, timeZone: string): number =>
  Date.parse(`${toClock(at, timeZone)}:00Z`) - Math.floor(at / 60_000) * 60_000
