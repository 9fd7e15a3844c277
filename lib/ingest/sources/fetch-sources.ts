import type { SourceReport } from '#lib/ingest-report/ingest-report.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import { toBackOffMs } from '../fetch/retry-at.ts'
import type { IngestContext } from '../ingest-context.ts'
import {
  type Circumstances,
  type CleanText,
  type IntakeCounts,
  listStoriesToClean,
  storeStories,
} from '../intake/store-stories.ts'
import type { SourceConfig } from '../settings/ingest-config.ts'
import type { SourceRecord } from '../state/source-table.ts'
import type { IdentifiedStory } from '../story.ts'
import { type Timed, WorkerFailure, workerLimitMs } from '../workers/open-workers.ts'
import { fetchCoindesk } from './fetch-coindesk.ts'
import { fetchFeed } from './fetch-feed.ts'
import type { Rejection, SourceReader, SourceResult } from './source-result.ts'

const neverAsked: SourceRecord = {
  checkpoint: undefined,
  failures: 0,
  failingSince: undefined,
  lastError: undefined,
  retryAt: undefined,
  hasRetryAfter: false,
  fetchedAt: undefined,
}

/** Writes what a source answered into the store and says how it went. */
export type StoreResult = () => SourceReport

/**
 * Asks all sources at once, each host in turn, and reads what they answer in threads. Nothing is
 * written yet: each answer comes as a function that writes the stories and the checkpoint of having read
 * them, together or not at all. A source that fails is left alone for a while; `ignoresBackOff` asks it
 * all the same unless the server itself forbade it.
 */
export function fetchSources(
  context: IngestContext,
  sources: SourceConfig[],
  { ignoresBackOff }: { ignoresBackOff: boolean },
): Promise<StoreResult>[] {
  return sources.map((source) => fetchSource(context, source, ignoresBackOff))
}

async function fetchSource(
  context: IngestContext,
  source: SourceConfig,
  ignoresBackOff: boolean,
): Promise<StoreResult> {
  const before = context.store.sources.find(source.key, source.url) ?? neverAsked
  const startedAt = context.now().toISOString()
  const isWaiting = before.retryAt !== undefined && before.retryAt > startedAt
  if (isWaiting && (before.hasRetryAfter || !ignoresBackOff)) {
    const skipped = `not to be asked before ${before.retryAt}`
    return () => ({ ...reportOf(source, before), skipped })
  }
  const fail = (cause: unknown) => storeFailure(context, source, before, toSourceFailure(cause))
  try {
    const answer = await readSource(context, source, before)
    const texts = await cleanTexts(context, source, answer)
    return () => {
      try {
        return storeResult(context, source, before, answer, texts)
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
  if (cause instanceof WorkerFailure) return new FetchFailure(cause.message, { cause })
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new FetchFailure(`cannot be read: ${reason}`, { cause })
}

function readSource(
  { fetchDocument, workers, env }: IngestContext,
  source: SourceConfig,
  { checkpoint }: SourceRecord,
): Promise<SourceResult> {
  const tools: SourceReader = { fetchDocument, workers, checkpoint, coindeskKey: env.coindeskKey }
  return source.kind === 'feed' ? fetchFeed(source, tools) : fetchCoindesk(source, tools)
}

/**
 * Processor time that a pass gives to what one source has sent, in ms. What is left then is for the
 * next pass.
 */
const sourceBudgetMs = 2000

type Texts = Map<IdentifiedStory, CleanText>

/** The cleaned text of every story that needs one, as far as the budget of the source goes. */
async function cleanTexts(
  context: IngestContext,
  source: SourceConfig,
  { stories, milliseconds }: SourceResult,
): Promise<Texts> {
  const texts: Texts = new Map()
  if (!stories || stories.every((raw) => isUnchanged(context, raw))) return texts
  // A look at every file of the content folder, which is not needed for what articles tell already.
  if (!stories.every((raw) => isKnown(context, raw))) await context.syncKnownArticles()
  const around = toCircumstances(context, source)
  let spent = milliseconds
  for (const raw of listStoriesToClean(stories, around)) {
    if (spent >= sourceBudgetMs && texts.size > 0) break
    const { value, milliseconds: took } = await cleanText(context, raw, around)
    texts.set(raw, value)
    spent += took
  }
  return texts
}

async function cleanText(
  { workers }: IngestContext,
  raw: IdentifiedStory,
  { seenAt, section }: { seenAt: string; section: string },
): Promise<Timed<CleanText>> {
  try {
    return await workers.story('cleanWithLead', raw, { seenAt, section })
  } catch (cause) {
    const isFinal = cause instanceof WorkerFailure
    const reason = cause instanceof Error ? cause.message : String(cause)
    const rejection = isFinal ? reason : `cannot be read: ${reason}`
    return { value: { rejection, isFinal }, milliseconds: isFinal ? workerLimitMs : 0 }
  }
}

function toCircumstances(
  { store, config, now }: IngestContext,
  source: SourceConfig,
): Omit<Circumstances, 'findText'> {
  const at = now()
  const oldest = config.newerThanDays
  return {
    store,
    sourceKey: source.key,
    section: source.category,
    seenAt: at.toISOString(),
    notBefore:
      oldest === undefined ? undefined : new Date(at.getTime() - oldest * 86_400_000).toISOString(),
    takesSponsored: config.sponsored === 'label',
  }
}

function storeResult(
  context: IngestContext,
  source: SourceConfig,
  before: SourceRecord,
  answer: SourceResult,
  texts: Texts,
): SourceReport {
  const { store } = context
  const at = context.now().toISOString()
  const record: SourceRecord = {
    ...neverAsked,
    checkpoint: answer.checkpoint,
    fetchedAt: at,
  }
  const { stories } = answer
  if (!stories) {
    store.sources.keep(source.key, source.url, record)
    return { ...reportOf(source, record), notes: answer.notes }
  }
  return store.transact(() => {
    const around = toCircumstances(context, source)
    const intake = storeStories(stories, { ...around, findText: (raw) => texts.get(raw) })
    // Without the checkpoint of this answer the next pass reads it again and goes on.
    const kept = intake.left > 0 ? { ...record, checkpoint: before.checkpoint } : record
    store.sources.keep(source.key, source.url, kept)
    if (intake.fresh > 0) context.log.info(`${source.key}: ${intake.fresh} new`)
    return toReport(source, record, answer, intake)
  })
}

/** Whether the store or an article it knows has the story, changed or not. */
function isKnown({ store }: IngestContext, { storyId, source }: IdentifiedStory): boolean {
  if (storyId === undefined) return true
  return (
    store.stories.find(source.key, storyId) !== undefined ||
    store.articles.findByStory(source.key, storyId) !== undefined
  )
}

/** Known under its id, and as it was. */
function isUnchanged({ store }: IngestContext, raw: IdentifiedStory): boolean {
  const { storyId, fingerprint } = raw
  const record = storyId === undefined ? undefined : store.stories.find(raw.source.key, storyId)
  if (!record || raw.isWithdrawn || record.state === 'withdrawn') return false
  return record.fingerprint === fingerprint
}

function storeFailure(
  context: IngestContext,
  source: SourceConfig,
  before: SourceRecord,
  failure: FetchFailure,
): SourceReport {
  const at = context.now()
  const failures = before.failures + 1
  const backOff = new Date(at.getTime() + toBackOffMs(failures, context.random()))
  const record: SourceRecord = {
    ...before,
    failures,
    failingSince: before.failingSince ?? at.toISOString(),
    lastError: failure.message,
    retryAt: (failure.retryAt ?? backOff).toISOString(),
    hasRetryAfter: failure.retryAt !== undefined,
  }
  context.store.sources.keep(source.key, source.url, record)
  context.log.warn(`${source.key} ${failure.message}`)
  return reportOf(source, record)
}

/** How a source stands that this pass does not ask. */
export function reportNotDue({ store }: IngestContext, source: SourceConfig): SourceReport {
  const record = store.sources.find(source.key, source.url) ?? neverAsked
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
  { stories = [], rejections, notes }: SourceResult,
  intake: IntakeCounts,
): SourceReport {
  const rejected = [...rejections, ...intake.rejections]
  return {
    ...reportOf(source, record),
    fetched: stories.length + rejections.length,
    new: intake.fresh,
    duplicate: intake.known + intake.duplicates,
    changed: intake.changed,
    withdrawn: intake.withdrawn,
    rejected: rejected.length,
    rejections: groupRejections(rejected),
    notes:
      intake.left > 0
        ? [...notes, `has ${intake.left} more stories than a pass may read; they follow`]
        : notes,
  }
}

function groupRejections(rejections: Rejection[]): SourceReport['rejections'] {
  const byReason = Map.groupBy(rejections, ({ why }) => why)
  return [...byReason].map(([why, group]) => ({
    why,
    count: group.length,
    example: (group[0]?.what ?? '').slice(0, 120),
  }))
}
