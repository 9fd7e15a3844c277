import type { IngestReport, ServiceReport } from './ingest-report.ts'

/** How one part of ingest is. `reason` and `since` say what fails, and from when on. */
type PartHealth = {
  state: 'ok' | 'failing' | 'unknown' | 'off'
  reason?: string
  since?: string
  /** When it last did what it was asked. */
  succeededAt?: string
}

/** How ingest is, for `/health` and `/metrics`. Instants are UTC ISO strings. */
export type IngestHealth = {
  /** `off`: no pass is known, so ingest is not used here. `degraded`: `reasons` say why. */
  state: 'off' | 'ok' | 'degraded'
  reasons: string[]
  lastPassAt?: string
  /** By the keys of the sources. */
  sources: Record<string, PartHealth>
  model: PartHealth
  covers: PartHealth
}

/** A source that fails makes ingest degraded after this, in ms: many do for a moment. */
const sourcePatienceMs = 3600_000
/** A pass that a timer starts may come once a day; this much later it is missed, in ms. */
const dailyPassMs = 26 * 3600_000
/** `--watch` has missed its passes after so many of their distances, and not before an hour, in ms. */
const missedPasses = 4
const leastMissedMs = 3600_000

/**
 * A report as the health of ingest at a time. Ingest is degraded when the last pass ended early, is
 * older than passes should be, or lies in the future; when the model or the photos fail; when a source
 * has failed for an hour, or all of them do.
 */
export function toIngestHealth(report: IngestReport | undefined, now: Date): IngestHealth {
  const off: PartHealth = { state: 'off' }
  if (!report) return { state: 'off', reasons: [], sources: {}, model: off, covers: off }
  const sources = Object.fromEntries(
    report.sources.map(({ key, fetchedAt, ...source }) => [
      key,
      toPart({ ...source, succeededAt: fetchedAt }),
    ]),
  )
  const model = report.model.isConfigured ? toPart(report.model) : off
  const covers = report.covers.isConfigured ? toPart(report.covers) : off
  const reasons = [
    ...listPassReasons(report, now),
    ...(model.reason === undefined
      ? []
      : [`The model fails since ${model.since}: ${model.reason}`]),
    ...(covers.reason === undefined ? [] : [`Photos fail since ${covers.since}: ${covers.reason}`]),
    ...listSourceReasons(sources, now),
  ]
  return {
    state: reasons.length > 0 ? 'degraded' : 'ok',
    reasons,
    lastPassAt: report.finishedAt,
    sources,
    model,
    covers,
  }
}

function toPart({ error, failingSince, succeededAt }: ServiceReport): PartHealth {
  if (error !== undefined) {
    return { state: 'failing', reason: error, since: failingSince, succeededAt }
  }
  return succeededAt === undefined ? { state: 'unknown' } : { state: 'ok', succeededAt }
}

function listPassReasons({ failure, finishedAt, everyMinutes }: IngestReport, now: Date): string[] {
  const age = now.getTime() - Date.parse(finishedAt)
  const longest =
    everyMinutes === undefined
      ? dailyPassMs
      : Math.max(leastMissedMs, everyMinutes * 60_000 * missedPasses)
  return [
    ...(failure === undefined ? [] : [`The last pass ended early: ${failure}`]),
    // An instant that cannot be read compares as neither: it is no reason to trust the report.
    ...(age <= longest && age > -leastMissedMs
      ? []
      : [`The last pass was at ${finishedAt}: ingest does not run, or cannot write its report.`]),
  ]
}

function listSourceReasons(sources: Record<string, PartHealth>, now: Date): string[] {
  const all = Object.entries(sources)
  const failing = all.filter(([, { state }]) => state === 'failing')
  if (failing.length > 1 && failing.length === all.length) {
    return [`All ${all.length} sources fail, the first: ${failing[0]?.[1].reason}`]
  }
  return failing
    .filter(([, { since }]) => {
      const isShort = now.getTime() - Date.parse(since ?? '') < sourcePatienceMs
      return all.length === 1 || !isShort
    })
    .map(([key, { since, reason }]) => `The source ${key} fails since ${since}: ${reason}`)
}
