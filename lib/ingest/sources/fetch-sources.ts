import { notDue, type SourceReport, switchedOff } from '#lib/ingest-report/ingest-report.ts'
import { readSourcesOff } from '#lib/ingest-report/source-switches.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { toRetryAt } from '#lib/node/retry.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import type { IngestContext } from '../ingest-context.ts'
import {
  type CleanedText,
  type IntakeCounts,
  listStoriesToClean,
  type StoreOptions,
  storeStories,
} from '../intake/store-stories.ts'
import { separateStories } from '../intake/story-identity.ts'
import type { SourceConfig } from '../settings/ingest-config.ts'
import type { SourceRecord } from '../state/source-table.ts'
import type { IdentifiedStory } from '../story.ts'
import { type Timed, WorkerFailure, workerLimitMs } from '../workers/open-workers.ts'
import { fetchCoindesk } from './fetch-coindesk.ts'
import { fetchFeed } from './fetch-feed.ts'
import type { Rejection, SourceReader, SourceResult } from './source-result.ts'

const neverFetched: SourceRecord = {
  checkpoint: undefined,
  failures: 0,
  failingSince: undefined,
  lastError: undefined,
  retryAt: undefined,
  hasRetryAfter: false,
  fetchedAt: undefined,
}

/** Writes the result of one source to the store, and reports it. */
export type StoreResult = () => SourceReport

/**
 * Fetches all sources at the same time, one request per host, and parses their documents in worker
 * threads. Each promise resolves to a function that writes the stories and the checkpoint of one
 * source in one transaction. A source that failed is skipped until its back-off ends;
 * `ignoresBackOff` fetches it before, unless the server sent `Retry-After`.
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
  if (readSourcesOff(context.contentDir).has(source.key)) return () => reportOff(context, source)
  const before = context.store.sources.find(source.key, source.url) ?? neverFetched
  const startedAt = context.now().toISOString()
  const isWaiting = before.retryAt !== undefined && before.retryAt > startedAt
  if (isWaiting && (before.hasRetryAfter || !ignoresBackOff)) {
    const skipped = `not to be asked before ${before.retryAt}`
    return () => ({ ...toSourceReport(source, before), skipped })
  }
  const fail = (cause: unknown) => storeFailure(context, source, before, toSourceFailure(cause))
  try {
    const result = separate(await readSource(context, source, before))
    const texts = await cleanTexts(context, source, result)
    return () => {
      try {
        return storeResult(context, source, before, result, texts)
      } catch (cause) {
        return fail(cause)
      }
    }
  } catch (cause) {
    return () => fail(cause)
  }
}

/** Takes away what identifies no story of the document. */
function separate(result: SourceResult): SourceResult {
  if (!result.stories) return result
  const { stories, notes } = separateStories(result.stories)
  return { ...result, stories, notes: [...result.notes, ...notes] }
}

function toSourceFailure(cause: unknown): FetchFailure {
  if (cause instanceof FetchFailure) return cause
  if (cause instanceof WorkerFailure) return new FetchFailure(cause.message, { cause })
  const reason = reasonOf(cause)
  return new FetchFailure(`cannot be read: ${reason}`, { cause })
}

function readSource(
  { fetchDocument, workers, env }: IngestContext,
  source: SourceConfig,
  { checkpoint }: SourceRecord,
): Promise<SourceResult> {
  const reader: SourceReader = { fetchDocument, workers, checkpoint, coindeskKey: env.coindeskKey }
  return source.kind === 'feed' ? fetchFeed(source, reader) : fetchCoindesk(source, reader)
}

/** Processor time that a pass spends on the stories of one source, in ms. The rest is for the next pass. */
const sourceBudgetMs = 2000

type CleanedTexts = Map<IdentifiedStory, CleanedText>

/** Cleans the text of every story that needs it, until the budget of the source is spent. */
async function cleanTexts(
  context: IngestContext,
  source: SourceConfig,
  { stories, milliseconds }: SourceResult,
): Promise<CleanedTexts> {
  const texts: CleanedTexts = new Map()
  if (!stories || stories.every((raw) => isUnchanged(context, raw))) return texts
  // Reads the whole content folder, so only for stories that neither the store nor an article has.
  if (!stories.every((raw) => isKnown(context, raw))) await context.syncKnownArticles()
  const options = toStoreOptions(context, source)
  let spent = milliseconds
  for (const raw of listStoriesToClean(stories, options)) {
    if (spent >= sourceBudgetMs && texts.size > 0) break
    const { value, milliseconds: took } = await cleanText(context, raw, options)
    texts.set(raw, value)
    spent += took
  }
  return texts
}

async function cleanText(
  { workers }: IngestContext,
  raw: IdentifiedStory,
  { seenAt, section }: { seenAt: string; section: string },
): Promise<Timed<CleanedText>> {
  try {
    return await workers.story('cleanStory', raw, { seenAt, section })
  } catch (cause) {
    const isFinal = cause instanceof WorkerFailure
    const reason = reasonOf(cause)
    const rejection = isFinal ? reason : `cannot be read: ${reason}`
    return { value: { rejection, isFinal }, milliseconds: isFinal ? workerLimitMs : 0 }
  }
}

function toStoreOptions(
  { store, published, config, now }: IngestContext,
  source: SourceConfig,
): Omit<StoreOptions, 'findText'> {
  const at = now()
  const oldest = config.newerThanDays
  return {
    store,
    published,
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
  result: SourceResult,
  texts: CleanedTexts,
): SourceReport {
  const { store } = context
  const at = context.now().toISOString()
  const record: SourceRecord = {
    ...neverFetched,
    checkpoint: result.checkpoint,
    fetchedAt: at,
  }
  const { stories } = result
  if (!stories) {
    store.sources.write(source.key, source.url, record)
    return { ...toSourceReport(source, record), notes: result.notes }
  }
  return store.transact(() => {
    const options = toStoreOptions(context, source)
    const counts = storeStories(stories, { ...options, findText: (raw) => texts.get(raw) })
    // With the old checkpoint the next pass reads this document again and goes on.
    const kept = counts.postponed > 0 ? { ...record, checkpoint: before.checkpoint } : record
    store.sources.write(source.key, source.url, kept)
    if (counts.new > 0) context.log.info(`${source.key}: ${counts.new} new`)
    return toResultReport(source, record, result, counts)
  })
}

/** Whether the store or a known article has the story, changed or not. */
function isKnown({ store }: IngestContext, { storyId, source }: IdentifiedStory): boolean {
  if (storyId === undefined) return true
  return (
    store.stories.find(source.key, storyId) !== undefined ||
    store.articles.findByStory(source.key, storyId) !== undefined
  )
}

/** Whether the store has the story with the same text. */
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
  const record: SourceRecord = {
    ...before,
    failures,
    failingSince: before.failingSince ?? at.toISOString(),
    lastError: failure.message,
    retryAt: failure.retryAt?.toISOString() ?? toRetryAt(failures, context),
    hasRetryAfter: failure.retryAt !== undefined,
  }
  context.store.sources.write(source.key, source.url, record)
  context.log.warn(`${source.key} ${failure.message}`)
  return toSourceReport(source, record)
}

/** The report of a source that this pass does not fetch. */
/** What fails while nobody asks is no failure. */
function reportOff({ store }: IngestContext, source: SourceConfig): SourceReport {
  const { fetchedAt } = store.sources.find(source.key, source.url) ?? neverFetched
  return { ...toSourceReport(source, { ...neverFetched, fetchedAt }), skipped: switchedOff }
}

export function reportNotDue(context: IngestContext, source: SourceConfig): SourceReport {
  if (readSourcesOff(context.contentDir).has(source.key)) return reportOff(context, source)
  const record = context.store.sources.find(source.key, source.url) ?? neverFetched
  return { ...toSourceReport(source, record), skipped: notDue }
}

function toSourceReport({ key }: SourceConfig, record: SourceRecord): SourceReport {
  return {
    key,
    fetched: 0,
    new: 0,
    duplicate: 0,
    changed: 0,
    withdrawn: 0,
    rejected: 0,
    held: 0,
    rejections: [],
    notes: [],
    error: record.lastError,
    failingSince: record.failingSince,
    fetchedAt: record.fetchedAt,
  }
}

function toResultReport(
  source: SourceConfig,
  record: SourceRecord,
  { stories = [], rejections, notes }: SourceResult,
  counts: IntakeCounts,
): SourceReport {
  const rejected = [...rejections, ...counts.rejections]
  return {
    ...toSourceReport(source, record),
    fetched: stories.length + rejections.length,
    new: counts.new,
    duplicate: counts.known + counts.duplicates,
    changed: counts.changed,
    withdrawn: counts.withdrawn,
    rejected: rejected.length,
    held: counts.held,
    rejections: groupRejections(rejected),
    notes: [
      ...notes,
      ...(counts.postponed > 0
        ? [`has ${counts.postponed} more stories than a pass may read; they follow`]
        : []),
      ...(counts.reusedIds > 0
        ? [`uses ${counts.reusedIds} ids again for other stories; their addresses identify them`]
        : []),
    ],
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
