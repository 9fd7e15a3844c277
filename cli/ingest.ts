import { join, resolve } from 'node:path'
import type { ModelCheck } from '#lib/ingest/llm/check-model.ts'
import { type IngestOptions, ingestForever, ingestOnce } from '#lib/ingest/run-ingest.ts'
import { readIngestConfig } from '#lib/ingest/settings/ingest-config.ts'
import { ingestEnv } from '#lib/ingest/settings/ingest-env.ts'
import { formatReport, type IngestReport, listFailures } from '#lib/ingest-report/ingest-report.ts'
import { escapeControls, escapeInJson, type Log, openLog } from '#lib/node/log.ts'
import { type SiteEnv, siteEnv } from '#lib/site/env.ts'
import { paperDir } from '#lib/site/read-environment.ts'
import { typedFrom } from './command.ts'

export type IngestCommandOptions = {
  watch?: boolean
  dryRun?: boolean
  source?: string
  limit?: number
  config?: string
  json?: boolean
  checkModel?: boolean
}

/**
 * `dateline ingest`: one pass, or with `watch` passes until a signal. Prints a report for each pass.
 * Answers the exit code: 0 all went well; 1 something failed, and the report says what; 2 the settings
 * are wrong; 3 another run has the content folder, or another machine of the fleet ingests. With
 * `checkModel` it only asks the model one question and prints how that went.
 */
export async function ingest(values: IngestCommandOptions): Promise<number> {
  try {
    const site = siteEnv()
    const progress = openProgress(process.stderr)
    const log = openLog({
      // Progress is for people; with --json only warnings and errors are logged.
      level: values.json ? 'warn' : site.logLevel,
      format: site.logFormat,
      write: (line) => progress.say(line.trimEnd()),
    })
    const options: IngestOptions = {
      ...site,
      config: await readIngestConfig(
        values.config ? resolve(typedFrom(), values.config) : join(paperDir(), 'ingest.config.ts'),
      ),
      env: ingestEnv(),
      isDryRun: values.dryRun ?? false,
      only: values.source,
      limit: values.limit,
      now: () => new Date(),
      random: Math.random,
      log,
      signal: listenForStop(),
    }
    if (values.checkModel) {
      const { checkModel } = await import('#lib/ingest/llm/check-model.ts')
      const check = await checkModel(options)
      console.log(values.json ? escapeInJson(JSON.stringify(check)) : formatModelCheck(check))
      return check.problem === undefined ? 0 : 1
    }
    const share = site.databaseUrl === undefined ? undefined : await openShare(site, log)
    options.takeLock = share?.takeLock
    const print = (report: IngestReport) => {
      progress.clear()
      console.log(values.json ? toJsonLine(report) : formatReport(report))
    }
    try {
      if (values.watch) {
        // On one machine the server shows how ingest is, and has the port.
        if (site.role === 'ingest') {
          const { serveIngest } = await import('#server/ingest-server.ts')
          serveIngest({ ...site, log })
        }
        return (await ingestForever(options, print)) === 'busy' ? sayBusy() : 0
      }
      const outcome = await ingestOnce(options)
      if (outcome.kind === 'busy') return sayBusy()
      print(outcome.report)
      return listFailures(outcome.report).length > 0 ? 1 : 0
    } finally {
      await share?.close()
    }
  } catch (cause) {
    const isForeseen = cause instanceof Error && cause.name === 'Error'
    if (!isForeseen && !(cause instanceof TypeError && 'code' in cause)) throw cause
    // Errors of the system, such as a full disk, have a code; a wrong setting has none.
    if (isForeseen && 'code' in cause) {
      console.error(escapeControls(`Ingest has ended: ${cause.message}`))
      return 1
    }
    console.error(cause.message.split('\n').map(escapeControls).join('\n'))
    return 2
  }
}

/** Loaded only where several machines share a database. */
async function openShare(site: SiteEnv, log: Log) {
  const { openIngestShare } = await import('#lib/replication/share-ingest.ts')
  const { databaseUrl = '', nodeName: node, dataDir, contentDir } = site
  return openIngestShare({ databaseUrl, node, dataDir, contentDir, log })
}

/** JSON without the control characters that JSON allows: they would steer a terminal. */
function toJsonLine(report: IngestReport): string {
  return escapeInJson(JSON.stringify(report))
}

function formatModelCheck(check: ModelCheck): string {
  const { model, host, problem, endpointMessage, format, seconds, factFaults } = check
  const { inputTokens, outputTokens, tokensPerSecond, price } = check
  const speed = tokensPerSecond === undefined ? 'tokens unknown' : `${tokensPerSecond} tokens/s`
  return [
    `Model   ${model} at ${host}`,
    ...(format === undefined
      ? []
      : [
          `Format  ${format}`,
          `Speed   ${seconds} s, ${speed}`,
          `Tokens  ${inputTokens ?? 'unknown'} asked, ${outputTokens ?? 'unknown'} answered`,
          `Price   ${price ?? 'unknown: set costs.price in ingest.config.ts'}`,
        ]),
    ...(problem === undefined
      ? [`Result  works${factFaults === 0 ? '' : `; the fact check has ${factFaults} complaints`}`]
      : [`Result  FAILS: ${problem}`]),
    ...(endpointMessage === undefined ? [] : [`It says “${endpointMessage}”`]),
  ]
    .map(escapeControls)
    .join('\n')
}

function sayBusy(): number {
  console.error(
    'Another run of ingest has the content folder, or another machine ingests: nothing was done.',
  )
  return 3
}

/** The first signal lets the story at hand be finished; the second ends at once. */
function listenForStop(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130)
      stop.abort()
    })
  }
  return stop.signal
}

/** Prints the current step. */
type Progress = { say(line: string): void; clear(): void }

/** On a terminal one line that is overwritten; elsewhere one line for each message. */
function openProgress(stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>): Progress {
  if (!stream.isTTY) return { say: (line) => void stream.write(`${line}\n`), clear: () => {} }
  const eraseLine = '\r\u001B[K'
  return {
    say(line) {
      stream.write(eraseLine + line.slice(0, (stream.columns || 80) - 1))
    },
    clear() {
      stream.write(eraseLine)
    },
  }
}
