import type { SourceReport } from '#lib/ingest-report/ingest-report.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import { toBackOff } from '../fetch/retry-at.ts'
import type { Desk } from '../ingest-context.ts'
import {
  type Circumstances,
  type CleanText,
  type Intake,
  listUncleaned,
  takeIn,
} from '../intake/store-stories.ts'
import { ReadingFailure, readingLimitMs, type Timed } from '../reading/open-reading.ts'
import type { SourceConfig } from '../settings/ingest-config.ts'
import type { SourceRecord } from '../state/source-rows.ts'
import type { ReadStory } from '../story.ts'
import { readCoindesk } from './read-coindesk.ts'
import { readFeed } from './read-feed.ts'
import type { Refusal, SourceAnswer, SourceTools } from './source-answer.ts'

const neverAsked: SourceRecord = {
  memory: undefined,
  failures: 0,
  failingSince: undefined,
  lastError: undefined,
  retryAt: undefined,
  isToldToWait: false,
  askedAt: undefined,
  fetchedAt: undefined,
}

/** Writes what a source answered into the ledger and says how it went. */
export type KeepAnswer = () => SourceReport

/**
 * Asks all sources at once, each host in turn, and reads what they answer in threads. Nothing is
 * written yet: each answer comes as a function that writes the stories and the memory of having read
 * them, together or not at all. A source that fails is left alone for a while; `isInsistent` asks it
 * all the same unless the server itself forbade it.
 */
export function askSources(
  desk: Desk,
  sources: SourceConfig[],
  { isInsistent }: { isInsistent: boolean },
): Promise<KeepAnswer>[] {
  return sources.map((source) => askSource(desk, source, isInsistent))
}

async function askSource(
  desk: Desk,
  source: SourceConfig,
  isInsistent: boolean,
): Promise<KeepAnswer> {
  const before = desk.ledger.sources.find(source.key, source.url) ?? neverAsked
  const startedAt = desk.now().toISOString()
  const isWaiting = before.retryAt !== undefined && before.retryAt > startedAt
  if (isWaiting && (before.isToldToWait || !isInsistent)) {
    const skipped = `not to be asked before ${before.retryAt}`
    return () => ({ ...reportOf(source, before), skipped })
  }
  const fail = (cause: unknown) => keepFailure(desk, source, before, toSourceFailure(cause))
  try {
    const answer = await readSource(desk, source, before)
    const texts = await cleanTexts(desk, source, answer)
    return () => {
      try {
        return keepAnswer(desk, source, before, answer, texts)
      } catch (cause) {
        return fail(cause)
      }
    }
  } catch (cause) {
    return () => fail(cause)
  }
}

function toSourceFailure(cause: unknown): FetchFailure {
  if (cause instanceof FetchFailure) return cause
  if (cause instanceof ReadingFailure) return new FetchFailure(cause.message, { cause })
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new FetchFailure(`cannot be read: ${reason}`, { cause })
}

function readSource(
  { fetchDocument, reading, env }: Desk,
  source: SourceConfig,
  { memory }: SourceRecord,
): Promise<SourceAnswer> {
  const tools: SourceTools = { fetchDocument, reading, memory, coindeskKey: env.coindeskKey }
  return source.kind === 'feed' ? readFeed(source, tools) : readCoindesk(source, tools)
}

/**
 * Processor time that a pass gives to what one source has sent, in ms. What is left then is for the
 * next pass.
 */
const sourceBudgetMs = 2000

type Texts = Map<ReadStory, CleanText>

/** The cleaned text of every story that needs one, as far as the budget of the source goes. */
async function cleanTexts(
  desk: Desk,
  source: SourceConfig,
  { stories, milliseconds }: SourceAnswer,
): Promise<Texts> {
  const texts: Texts = new Map()
  if (!stories || stories.every((raw) => isOldNews(desk, raw))) return texts
  // A look at every file of the content folder, which is not needed for what articles tell already.
  if (!stories.every((raw) => isMet(desk, raw))) await desk.syncArticles()
  const around = toCircumstances(desk, source)
  let spent = milliseconds
  for (const raw of listUncleaned(stories, around)) {
    if (spent >= sourceBudgetMs && texts.size > 0) break
    const { value, milliseconds: took } = await cleanText(desk, raw, around)
    texts.set(raw, value)
    spent += took
  }
  return texts
}

async function cleanText(
  { reading }: Desk,
  raw: ReadStory,
  { seenAt, section }: { seenAt: string; section: string },
): Promise<Timed<CleanText>> {
  try {
    return await reading.story('cleanForLedger', raw, { seenAt, section })
  } catch (cause) {
    const isFinal = cause instanceof ReadingFailure
    const reason = cause instanceof Error ? cause.message : String(cause)
    const refusal = isFinal ? reason : `cannot be read: ${reason}`
    return { value: { refusal, isFinal }, milliseconds: isFinal ? readingLimitMs : 0 }
  }
}

function toCircumstances(
  { ledger, config, now }: Desk,
  source: SourceConfig,
): Omit<Circumstances, 'findText'> {
  const at = now()
  const oldest = config.newerThanDays
  return {
    ledger,
    feed: source.key,
    section: source.category,
    seenAt: at.toISOString(),
    notBefore:
      oldest === undefined ? undefined : new Date(at.getTime() - oldest * 86_400_000).toISOString(),
    takesSponsored: config.sponsored === 'label',
  }
}

function keepAnswer(
  desk: Desk,
  source: SourceConfig,
  before: SourceRecord,
  answer: SourceAnswer,
  texts: Texts,
): SourceReport {
  const { ledger } = desk
  const at = desk.now().toISOString()
  const record: SourceRecord = {
    ...neverAsked,
    memory: answer.memory,
    askedAt: at,
    fetchedAt: at,
  }
  const { stories } = answer
  if (!stories) {
    ledger.sources.keep(source.key, source.url, record)
    return { ...reportOf(source, record), notes: answer.notes }
  }
  return ledger.transact(() => {
    const around = toCircumstances(desk, source)
    const intake = takeIn(stories, { ...around, findText: (raw) => texts.get(raw) })
    // Without the memory of this answer the next pass reads it again and goes on.
    const kept = intake.left > 0 ? { ...record, memory: before.memory } : record
    ledger.sources.keep(source.key, source.url, kept)
    if (intake.fresh > 0) desk.log.info(`${source.key}: ${intake.fresh} new`)
    return toReport(source, record, answer, intake)
  })
}

/** Whether the ledger or an article it knows has the story, changed or not. */
function isMet({ ledger }: Desk, { storyId, source }: ReadStory): boolean {
  if (storyId === undefined) return true
  return (
    ledger.stories.find(source.key, storyId) !== undefined ||
    ledger.articles.findByStory(source.key, storyId) !== undefined
  )
}

/** Known under its id, and as it was. */
function isOldNews({ ledger }: Desk, raw: ReadStory): boolean {
  const { storyId, fingerprint } = raw
  const record = storyId === undefined ? undefined : ledger.stories.find(raw.source.key, storyId)
  if (!record || raw.isWithdrawn || record.state === 'withdrawn') return false
  return record.fingerprint === fingerprint
}

function keepFailure(
  desk: Desk,
  source: SourceConfig,
  before: SourceRecord,
  failure: FetchFailure,
): SourceReport {
  const at = desk.now()
  const failures = before.failures + 1
  const backOff = new Date(at.getTime() + toBackOff(failures, desk.random()))
  const record: SourceRecord = {
    ...before,
    failures,
    failingSince: before.failingSince ?? at.toISOString(),
    lastError: failure.message,
    retryAt: (failure.retryAt ?? backOff).toISOString(),
    isToldToWait: failure.retryAt !== undefined,
    askedAt: at.toISOString(),
  }
  desk.ledger.sources.keep(source.key, source.url, record)
  desk.log.warn(`${source.key} ${failure.message}`)
  return reportOf(source, record)
}

/** How a source stands that this pass does not ask. */
export function reportUnasked({ ledger }: Desk, source: SourceConfig): SourceReport {
  const record = ledger.sources.find(source.key, source.url) ?? neverAsked
  return { ...reportOf(source, record), skipped: notDue }
}

export const notDue = 'was not due'

function reportOf({ key }: SourceConfig, record: SourceRecord): SourceReport {
  return {
    key,
    fetched: 0,
    new: 0,
    duplicate: 0,
    changed: 0,
    withdrawn: 0,
    rejected: 0,
    rejections: [],
    notes: [],
    error: record.lastError,
    failingSince: record.failingSince,
    fetchedAt: record.fetchedAt,
  }
}

function toReport(
  source: SourceConfig,
  record: SourceRecord,
  { stories = [], refusals, notes }: SourceAnswer,
  intake: Intake,
): SourceReport {
  const rejected = [...refusals, ...intake.refusals]
  return {
    ...reportOf(source, record),
    fetched: stories.length + refusals.length,
    new: intake.fresh,
    duplicate: intake.known + intake.twins,
    changed: intake.changed,
    withdrawn: intake.withdrawn,
    rejected: rejected.length,
    rejections: groupRefusals(rejected),
    notes:
      intake.left > 0
        ? [...notes, `has ${intake.left} more stories than a pass may read; they follow`]
        : notes,
  }
}

function groupRefusals(refusals: Refusal[]): SourceReport['rejections'] {
  const byReason = Map.groupBy(refusals, ({ why }) => why)
  return [...byReason].map(([why, group]) => ({
    why,
    count: group.length,
    example: (group[0]?.what ?? '').slice(0, 120),
  }))
}
