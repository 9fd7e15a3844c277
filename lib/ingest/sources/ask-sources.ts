import type { SourceReport } from '#lib/ingest-report/ingest-report.ts'
import { toFingerprint, toStoryId } from '../clean/story-identity.ts'
import type { Desk } from '../desk.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import { toBackOff } from '../fetch/retry-at.ts'
import type { SourceRecord } from '../ledger/source-rows.ts'
import type { Intake } from '../once/take-in.ts'
import type { SourceConfig } from '../settings/ingest-config.ts'
import type { RawStory } from '../story.ts'
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

/**
 * Asks all sources at once, each host in turn, and takes in what they answer as it comes. The stories
 * of an answer and the memory of having read it are kept together or not at all. A source that fails
 * is left alone for a while; `isInsistent` asks it all the same unless the server itself forbade it.
 */
export function askSources(
  desk: Desk,
  sources: SourceConfig[],
  { isInsistent }: { isInsistent: boolean },
): Promise<SourceReport[]> {
  return Promise.all(sources.map((source) => askSource(desk, source, isInsistent)))
}

async function askSource(
  desk: Desk,
  source: SourceConfig,
  isInsistent: boolean,
): Promise<SourceReport> {
  const { ledger } = desk
  const before = ledger.sources.find(source.key, source.url) ?? neverAsked
  const startedAt = desk.now().toISOString()
  const isWaiting = before.retryAt !== undefined && before.retryAt > startedAt
  if (isWaiting && (before.isToldToWait || !isInsistent)) {
    return { ...reportOf(source, before), skipped: `not to be asked before ${before.retryAt}` }
  }
  try {
    const answer = await readSource(desk, source, before)
    return await keepAnswer(desk, source, before, answer)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const failure =
      cause instanceof FetchFailure
        ? cause
        : new FetchFailure(`cannot be read: ${reason}`, { cause })
    return keepFailure(desk, source, before, failure)
  }
}

function readSource(
  { fetchDocument, env }: Desk,
  source: SourceConfig,
  { memory }: SourceRecord,
): Promise<SourceAnswer> {
  const tools: SourceTools = { fetchDocument, memory, coindeskKey: env.coindeskKey }
  return source.kind === 'feed' ? readFeed(source, tools) : readCoindesk(source, tools)
}

async function keepAnswer(
  desk: Desk,
  source: SourceConfig,
  _before: SourceRecord,
  answer: SourceAnswer,
): Promise<SourceReport> {
  const { ledger, config } = desk
  const at = desk.now()
  const record: SourceRecord = {
    ...neverAsked,
    memory: answer.memory,
    askedAt: at.toISOString(),
    fetchedAt: at.toISOString(),
  }
  const { stories } = answer
  if (!stories) {
    ledger.sources.keep(source.key, source.url, record)
    return { ...reportOf(source, record), notes: answer.notes }
  }
  if (stories.every((raw) => isOldNews(desk, raw))) {
    ledger.sources.keep(source.key, source.url, record)
    const known = stories.length
    const intake = { fresh: 0, known, changed: 0, twins: 0, withdrawn: 0, refusals: [] }
    return toReport(source, record, answer, intake)
  }
  // A look at every file of the content folder, which is not needed for what articles tell already.
  if (!stories.every((raw) => isMet(desk, raw))) await desk.syncArticles()
  // Cleaning takes a parser of HTML: loaded when there is something to clean.
  const { takeIn } = await import('../once/take-in.ts')
  const intake = ledger.transact(() => {
    const oldest = config.newerThanDays
    const taken = takeIn(stories, {
      ledger,
      feed: source.key,
      section: source.category,
      seenAt: at.toISOString(),
      notBefore:
        oldest === undefined
          ? undefined
          : new Date(at.getTime() - oldest * 86_400_000).toISOString(),
      takesSponsored: config.sponsored === 'label',
    })
    ledger.sources.keep(source.key, source.url, record)
    return taken
  })
  if (intake.fresh > 0) desk.say(`${source.key}: ${intake.fresh} new`)
  return toReport(source, record, answer, intake)
}

/** Whether the ledger or an article it knows has the story, changed or not. */
function isMet({ ledger }: Desk, raw: RawStory): boolean {
  const id = toStoryId(raw)
  const publisher = raw.source.key
  if (id === undefined) return true
  return (
    ledger.stories.find(publisher, id) !== undefined ||
    ledger.articles.findByStory(publisher, id) !== undefined
  )
}

/** Known under its id, and as it was. */
function isOldNews({ ledger }: Desk, raw: RawStory): boolean {
  const id = toStoryId(raw)
  const record = id === undefined ? undefined : ledger.stories.find(raw.source.key, id)
  if (!record || raw.isWithdrawn || record.state === 'withdrawn') return false
  return record.fingerprint === toFingerprint(raw)
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
  desk.say(`${source.key} ${failure.message}`)
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
    notes,
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
