import type { IngestReport, ServiceReport, SourceReport } from '#lib/ingest-report/ingest-report.ts'
import type { IngestContext } from './ingest-context.ts'
import type { PassResults } from './pass-results.ts'
import { reportNotDue } from './sources/fetch-sources.ts'
import type { Hold } from './state/hold-table.ts'
import type { IngestStore } from './state/ingest-store.ts'
import { toSpendingDay } from './state/spending-record.ts'

/** What a pass did. A story that `dedupeStories` found to be a duplicate counts as one, no longer as new. */
export function toReport(
  context: IngestContext,
  pass: {
    startedAt: string
    sources: SourceReport[]
    duplicates: Map<string, number>
    results: PassResults
    isDryRun: boolean
  },
): IngestReport {
  const { store, spending, llm, unsplash, config } = context
  const now = context.now().toISOString()
  const today = spending.find(toSpendingDay(context.now()))
  const costs = llm?.costs() ?? { requests: 0, tokens: 0, remembered: 0 }
  return {
    startedAt: pass.startedAt,
    finishedAt: now,
    isRehearsal: pass.isDryRun,
    sources: listAll(context, pass.sources).map((source) => {
      const moved = Math.min(pass.duplicates.get(source.key) ?? 0, source.new)
      return { ...source, new: source.new - moved, duplicate: source.duplicate + moved }
    }),
    articles: pass.results.articles,
    waiting: store.stories.countPending(llm !== undefined),
    problems: pass.results.problems,
    held: store.holds.list().map(toHeld),
    failure: pass.results.failure,
    covers: {
      isConfigured: unsplash !== undefined,
      ...(unsplash &&
        recordServiceOutcome(store, '#covers', config.cover.url, unsplash.lastOutcome(), now)),
    },
    model: {
      isConfigured: llm !== undefined,
      ...(llm && recordServiceOutcome(store, '#model', toAddress(context), llm.lastOutcome(), now)),
      ...costs,
      requestsToday: today.requests,
      tokensToday: today.tokens,
      limits: {
        requestsPerDay: config.costs.requestsPerDay,
        tokensPerDay: config.costs.tokensPerDay,
      },
    },
  }
}

function toAddress({ env }: IngestContext): string {
  return `${env.model?.baseUrl} ${env.model?.model}`
}

function toHeld({
  sourceKey,
  title,
  why,
  path,
  difference,
  since,
}: Hold): IngestReport['held'][number] {
  return { source: sourceKey, title, why, path, difference, since }
}

/** In the order of the settings, with those that were not asked. */
function listAll(context: IngestContext, asked: SourceReport[]): SourceReport[] {
  return context.config.sources.map(
    (source) => asked.find(({ key }) => key === source.key) ?? reportNotDue(context, source),
  )
}

/** Services stand in the table of sources. No key of a source begins with `#`. */
type ServiceName = '#model' | '#covers'

/**
 * Stores how the requests to a service went in this pass, and reports it. `outcome` is undefined when
 * there was no request. Another `address`, such as another model, starts a new record.
 */
function recordServiceOutcome(
  { sources }: Pick<IngestStore, 'sources'>,
  name: ServiceName,
  address: string,
  outcome: { error: string | undefined } | undefined,
  now: string,
): ServiceReport {
  const before = sources.find(name, address)
  if (!outcome) return toServiceReport(before)
  const error = outcome.error
  const record = {
    checkpoint: undefined,
    failures: error === undefined ? 0 : (before?.failures ?? 0) + 1,
    failingSince: error === undefined ? undefined : (before?.failingSince ?? now),
    lastError: error,
    retryAt: undefined,
    hasRetryAfter: false,
    fetchedAt: error === undefined ? now : before?.fetchedAt,
  }
  sources.write(name, address, record)
  return toServiceReport(record)
}

function toServiceReport(
  record: { lastError?: string; failingSince?: string; fetchedAt?: string } | undefined,
): ServiceReport {
  const { lastError, failingSince, fetchedAt } = record ?? {}
  return { error: lastError, failingSince, succeededAt: fetchedAt }
}
