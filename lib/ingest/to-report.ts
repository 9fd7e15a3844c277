import type { IngestReport, ServiceReport, SourceReport } from '#lib/ingest-report/ingest-report.ts'
import { escapeControls } from '#lib/node/log.ts'
import type { IngestContext } from './ingest-context.ts'
import type { PassResults } from './pass-results.ts'
import { notDue, reportNotDue } from './sources/fetch-sources.ts'
import { recordServiceOutcome } from './state/service-health.ts'

/** What a pass did. Stories that turned out to be duplicates move from new to duplicate. */
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
  const { store, model, covers, config } = context
  const now = context.now().toISOString()
  const today = store.responses.findSpending(now.slice(0, 10))
  const costs = model?.costs() ?? { requests: 0, tokens: 0, remembered: 0 }
  return {
    startedAt: pass.startedAt,
    finishedAt: now,
    isRehearsal: pass.isDryRun,
    sources: listAll(context, pass.sources).map((source) => {
      const moved = Math.min(pass.duplicates.get(source.key) ?? 0, source.new)
      return { ...source, new: source.new - moved, duplicate: source.duplicate + moved }
    }),
    articles: pass.results.articles,
    waiting: store.stories.countPending(),
    problems: pass.results.problems,
    failure: pass.results.failure,
    covers: {
      isConfigured: covers !== undefined,
      ...(covers &&
        recordServiceOutcome(store, '#covers', config.cover.url, covers.lastOutcome(), now)),
    },
    model: {
      isConfigured: model !== undefined,
      ...(model &&
        recordServiceOutcome(store, '#model', toAddress(context), model.lastOutcome(), now)),
      ...costs,
      requestsToday: today.requests,
      tokensToday: today.tokens,
    },
  }
}

function toAddress({ env }: IngestContext): string {
  return `${env.model?.baseUrl} ${env.model?.model}`
}

/** In the order of the settings, with those that were not asked. */
function listAll(context: IngestContext, asked: SourceReport[]): SourceReport[] {
  return context.config.sources.map(
    (source) => asked.find(({ key }) => key === source.key) ?? reportNotDue(context, source),
  )
}

/**
 * The report for people: one line a source, one for the articles, one for what it cost. Nothing that
 * others wrote can steer the terminal.
 */
export function formatReport(report: IngestReport): string {
  const { articles, model, waiting, problems } = report
  const counts = [
    [articles.published, 'published'],
    [articles.drafts, 'drafts'],
    [articles.updated, 'updated'],
    [articles.withdrawn, 'withdrawn'],
    [articles.translated, 'translated'],
    [articles.alsoReported, 'also reported by others'],
    [articles.leftToPeople, 'left to people'],
    [waiting, 'waiting'],
  ] as const
  const words = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return [
    ...report.sources.filter(({ skipped }) => skipped !== notDue).map(formatSource),
    ...problems,
    ...[
      formatService('Model', model),
      formatService('Photos', report.covers),
      report.failure === undefined ? undefined : `The pass ended early: ${report.failure}`,
    ].filter((line) => line !== undefined),
    `Articles: ${words.join(', ') || 'nothing to do'}`,
    ...(model.isConfigured
      ? [
          `Model: ${model.requests} requests, ${model.tokens} tokens (today ${model.requestsToday}, ${model.tokensToday}); ${model.remembered} remembered`,
        ]
      : []),
    ...(report.isRehearsal ? ['Nothing was written.'] : []),
  ]
    .flatMap((part) => part.split('\n'))
    .map(escapeControls)
    .join('\n')
}

function formatService(name: string, { error, failingSince }: ServiceReport): string | undefined {
  return error === undefined ? undefined : `${name}: FAILS since ${failingSince}: ${error}`
}

function formatSource(source: SourceReport): string {
  if (source.error !== undefined) {
    const later = source.skipped === undefined ? '' : `; ${source.skipped}`
    return `${source.key}: FAILS since ${source.failingSince}: ${source.error}${later}`
  }
  const counts = [
    `${source.fetched} fetched`,
    `${source.new} new`,
    `${source.duplicate} duplicate`,
    ...(source.changed > 0 ? [`${source.changed} changed`] : []),
    ...(source.withdrawn > 0 ? [`${source.withdrawn} withdrawn`] : []),
    `${source.rejected} rejected`,
  ]
  const why = source.rejections.map(
    ({ why: reason, count, example }) => `\n  ${count} × “${example}” ${reason}`,
  )
  const notes = source.notes.map((note) => `\n  it ${note}`)
  return `${source.key}: ${counts.join(', ')}${why.join('')}${notes.join('')}`
}
