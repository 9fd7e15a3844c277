import type {
  BrokenFile,
  EditorArticle,
  EditorIndex,
  TranslationGap,
} from '#lib/article-index/editor-index.ts'
import type { Problem } from '#lib/content/problem.ts'
import { findPinEnd } from '#lib/content/visibility.ts'
import { formatLanguage } from '#lib/i18n/format.ts'
import type { IngestReport } from '#lib/ingest-report/ingest-report.ts'
import { startOfTomorrowIn } from '#lib/site/day-in.ts'
import type { Locale } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import type { History, RevisionKind } from './history.ts'

/** Something that waits for an editor. */
export type Need = {
  kind: NeedKind
  /** The file that it is about; undefined for a source. */
  path: string | undefined
  title: string
  locale: Locale | undefined
  /** What is the matter, in sentences. */
  reasons: string[]
  /** Of a story that has changed: sentences that went (`- `) and that came (`+ `). */
  difference?: string[]
  /** Of a broken file. */
  problems?: Problem[]
  /** UTC instant since when it waits, as far as that is known; the oldest come first. */
  since: string
}

/** In the order in which the first page shows them. */
export const needKinds = [
  'held',
  'changed-upstream',
  'broken',
  'failing-source',
  'pin',
  'stale-translation',
  'missing-translation',
  'scheduled',
] as const
export type NeedKind = (typeof needKinds)[number]

/** How many there are of each kind, and the oldest of them. */
export type Needs = Record<NeedKind, { count: number; needs: Need[] }>

/** What the lists are made from. Instants are UTC. */
export type NeedsInput = {
  /** Drafts with a reason, the oldest first; `heldCount` is how many there are. */
  held: EditorArticle[]
  heldCount: number
  pins: EditorArticle[]
  scheduled: EditorArticle[]
  gaps: TranslationGap[]
  broken: BrokenFile[]
  report: IngestReport | undefined
  /** Of the file at a path, the newest. */
  findLatest: History['findLatest']
  now: Date
}

/** How many of a kind are listed. The counts are of all, as far as they were looked at. */
const mostListed = 200

/** How long ago a pin may have ended to be listed, and how far translations are looked for, in days. */
const days = { pins: 14, translations: 30 }

/**
 * Asks the index for what `listNeeds` is made from. Drafts and broken files are in the index: a draft
 * like any article, a broken file by its path and its problems.
 */
export function readNeedsInput(
  index: EditorIndex,
  { report, findLatest, now }: Pick<NeedsInput, 'report' | 'findLatest' | 'now'>,
): NeedsInput {
  const ago = (count: number) => new Date(now.getTime() - count * 86_400_000).toISOString()
  const tomorrow = new Date(startOfTomorrowIn(site().timeZone, now.getTime())).toISOString()
  const { articles: held, articleCount: heldCount } = index.listHeld(mostListed)
  return {
    held,
    heldCount,
    pins: index.listPins(ago(days.pins)),
    scheduled: index.listScheduled(now.toISOString(), tomorrow),
    gaps: index.listTranslationGaps(ago(days.translations), mostListed),
    broken: index.listBroken(mostListed),
    report,
    findLatest,
    now,
  }
}

/** What needs an editor, by kind, the oldest first. Pure. */
export function listNeeds(input: NeedsInput): Needs {
  const { report, broken, scheduled } = input
  const lists: Record<NeedKind, Need[]> = {
    held: input.held.map(toHeld),
    'changed-upstream': listChangedUpstream(input),
    broken: broken.map(({ path, problems }) => ({
      kind: 'broken',
      path,
      title: path,
      locale: undefined,
      reasons: problems.map(
        ({ field, line, found, expected }) =>
          `${field}, line ${line}: found ${found}, expected ${expected}`,
      ),
      problems,
      since: '',
    })),
    'failing-source': listFailingSources(report),
    pin: listPins(input),
    'stale-translation': input.gaps.flatMap(toStale),
    'missing-translation': input.gaps.flatMap(toMissing),
    scheduled: scheduled.map((article) => ({
      ...toNeed('scheduled', article, [`Appears at ${article.publishedAt}.`]),
    })),
  }
  return Object.fromEntries(
    needKinds.map((kind) => {
      const needs = lists[kind].toSorted((a, b) =>
        a.since < b.since ? -1 : a.since > b.since ? 1 : 0,
      )
      const count = kind === 'held' ? input.heldCount : needs.length
      return [kind, { count, needs: needs.slice(0, mostListed) }]
    }),
  ) as Needs
}

function toNeed(
  kind: NeedKind,
  { path, title, locale, publishedAt }: EditorArticle,
  reasons: string[],
  since = publishedAt,
): Need {
  return { kind, path, title, locale, reasons, since }
}

const toHeld = (article: EditorArticle): Need =>
  toNeed('held', article, splitReason(article.draftReason ?? ''))

/** The sentences of a reason. What stands between quotation marks is not divided. */
export function splitReason(reason: string): string[] {
  const sentences: string[] = []
  let start = 0
  let depth = 0
  for (let at = 0; at < reason.length; at += 1) {
    if (reason[at] === '“') depth += 1
    if (reason[at] === '”') depth = Math.max(0, depth - 1)
    const isEnd = depth === 0 && /[.!?]/.test(reason[at] ?? '') && reason[at + 1] === ' '
    if (!isEnd) continue
    sentences.push(reason.slice(start, at + 1))
    start = at + 2
  }
  return [...sentences, reason.slice(start)].filter((sentence) => sentence.trim() !== '')
}

/**
 * Articles that a person has edited and whose story has changed. One that was saved or approved at the
 * desk since is handled: ingest takes it off its own list in its next pass.
 */
export function listChangedUpstream({
  report,
  findLatest,
}: Pick<NeedsInput, 'report' | 'findLatest'>): Need[] {
  return (report?.held ?? []).flatMap(({ title, why, path, difference = '', since }) => {
    const latest = path === undefined ? undefined : findLatest(path)
    const isHandled = latest && isByEditor[latest.kind] && latest.at > since
    if (path === undefined || isHandled) return []
    const lines = difference.split('\n').filter((line) => line !== '')
    const reasons = [`The story ${why}.`]
    const about = { path, title, locale: undefined, reasons, difference: lines, since }
    return [{ kind: 'changed-upstream' as const, ...about }]
  })
}

const isByEditor: Record<RevisionKind, boolean> = {
  desk: true,
  restore: true,
  ingest: false,
  found: false,
  overwritten: false,
}

function listFailingSources(report: IngestReport | undefined): Need[] {
  return (report?.sources ?? []).flatMap(({ key, error, failingSince, fetchedAt }) =>
    error === undefined
      ? []
      : [
          {
            kind: 'failing-source' as const,
            path: undefined,
            title: key,
            locale: undefined,
            reasons: [error],
            since: failingSince ?? fetchedAt ?? '',
          },
        ],
  )
}

/** Pins that have ended, and pins of one weight in one language, whose order nobody has chosen. */
function listPins({ pins, now }: NeedsInput): Need[] {
  const [ended, active] = [false, true].map((isActive) =>
    pins.filter((article) => findPinEnd(article) > now.getTime() === isActive),
  ) as [EditorArticle[], EditorArticle[]]
  const rivals = Map.groupBy(active, ({ locale, stickyWeight }) => `${locale} ${stickyWeight}`)
  return [
    ...ended.map((article) => {
      const end = new Date(findPinEnd(article)).toISOString()
      return toNeed('pin', article, [`Its pin ended at ${end}. Take it off, or pin it again.`], end)
    }),
    ...[...rivals.values()].flatMap((group) =>
      group.length < 2
        ? []
        : group.map((article) => {
            const others = group.filter((one) => one !== article).map(({ title }) => `“${title}”`)
            const reason = `Its pin has the same weight, ${article.stickyWeight}, as that of ${others.join(', ')}.`
            return toNeed('pin', article, [reason], article.updatedAt)
          }),
    ),
  ]
}

function toStale({ article, translation }: TranslationGap): Need[] {
  if (!translation) return []
  const reason = `“${article.title}” (${formatLanguage('en', article.locale)}) was updated at ${article.updatedAt}, this version at ${translation.updatedAt}.`
  return [toNeed('stale-translation', translation, [reason], article.updatedAt)]
}

function toMissing({ article, locale, translation }: TranslationGap): Need[] {
  if (translation) return []
  return [
    toNeed('missing-translation', article, [
      `There is no version in ${formatLanguage('en', locale)}.`,
    ]),
  ]
}
