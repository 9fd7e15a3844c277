import type { ServiceReport } from '#lib/ingest-report/ingest-report.ts'
import type { IngestStore } from './ingest-store.ts'

/** What is not a source and fails like one. The `#` keeps the names apart from keys of sources. */
export type ServiceName = '#model' | '#covers'

/**
 * Remembers how a service has done in this pass, and says how it stands. `outcome` is undefined when
 * it was not asked; `address` is what another key or model makes another service of.
 */
export function recordServiceOutcome(
  { sources }: Pick<IngestStore, 'sources'>,
  name: ServiceName,
  address: string,
  outcome: { error: string | undefined } | undefined,
  now: string,
): ServiceReport {
  const before = sources.find(name, address)
  if (!outcome) return toReport(before)
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
  sources.keep(name, address, record)
  return toReport(record)
}

function toReport(
  record: { lastError?: string; failingSince?: string; fetchedAt?: string } | undefined,
): ServiceReport {
  const { lastError, failingSince, fetchedAt } = record ?? {}
  return { error: lastError, failingSince, succeededAt: fetchedAt }
}
