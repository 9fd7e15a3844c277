import '#lib/site/load-site.ts'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type IngestOptions, ingestForever, ingestOnce } from '#lib/ingest/run-ingest.ts'
import { parseIngestConfig } from '#lib/ingest/settings/ingest-config.ts'
import { ingestEnv } from '#lib/ingest/settings/ingest-env.ts'
import { formatReport } from '#lib/ingest/to-report.ts'
import { type IngestReport, listFailures } from '#lib/ingest-report/ingest-report.ts'
import { escapeControls, escapeInJson, openLog } from '#lib/node/log.ts'
import { siteEnv } from '#lib/site/env.ts'
import { openProgress } from './ingest-progress.ts'

const usage = `Usage: npm run ingest [-- --watch] [--dry-run] [--source <key>] [--limit <n>] [--json]

Asks the sources of ingest.config.ts for stories and writes articles into the content folder.
  --watch         keeps going, each source at its own pace, until it is stopped
  --dry-run       says what would be done; asks no model and writes nothing
  --source <key>  only this source
  --limit <n>     tells at most n new stories in a pass; the others wait
  --config <file> other settings than ingest.config.ts
  --json          prints the report as JSON, one line a pass
Exit code: 0 all went well; 1 a source, a story, a file, the model or the photos failed, or the pass
ended early: the report says what; 2 the settings are wrong; 3 another run has the content folder.`

process.exitCode = await run(process.argv.slice(2))

async function run(parameters: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: parameters,
      options: {
        watch: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        source: { type: 'string' },
        limit: { type: 'string' },
        config: { type: 'string', default: 'ingest.config.ts' },
        json: { type: 'boolean', default: false },
      },
    })
    const site = siteEnv()
    const progress = openProgress(process.stderr)
    const log = openLog({
      // What is being done is for people; with --json only what is amiss is said.
      level: values.json ? 'warn' : site.logLevel,
      format: site.logFormat,
      write: (line) => progress.say(line.trimEnd()),
    })
    const options: IngestOptions = {
      ...site,
      config: await readConfig(resolve(values.config)),
      env: ingestEnv(),
      isDryRun: values['dry-run'],
      only: values.source,
      limit: parseLimit(values.limit),
      now: () => new Date(),
      random: Math.random,
      log,
      signal: listenForStop(),
    }
    const print = (report: IngestReport) => {
      progress.clear()
      console.log(values.json ? toJsonLine(report) : formatReport(report))
    }
    if (values.watch) {
      return (await ingestForever(options, print)) === 'busy' ? sayBusy() : 0
    }
    const outcome = await ingestOnce(options)
    if (outcome.kind === 'busy') return sayBusy()
    print(outcome.report)
    return listFailures(outcome.report).length > 0 ? 1 : 0
  } catch (cause) {
    const isForeseen = cause instanceof Error && cause.name === 'Error'
    if (!isForeseen && !(cause instanceof TypeError && 'code' in cause)) throw cause
    // What the system says, such as a full disk, has a code; a wrong setting has none.
    if (isForeseen && 'code' in cause) {
      console.error(escapeControls(`Ingest has ended: ${cause.message}`))
      return 1
    }
    console.error(`${cause.message.split('\n').map(escapeControls).join('\n')}\n\n${usage}`)
    return 2
  }
}

/** JSON without the control characters that JSON allows: they would steer a terminal. */
function toJsonLine(report: IngestReport): string {
  return escapeInJson(JSON.stringify(report))
}

async function readConfig(file: string) {
  const module: { default?: unknown } = await import(pathToFileURL(file).href).catch((cause) => {
    throw new Error(
      cause?.code === 'ERR_MODULE_NOT_FOUND'
        ? `There is no ${file}: it names the sources.`
        : `${file} cannot be read: ${cause?.message}`,
      { cause },
    )
  })
  return parseIngestConfig(module.default)
}

function parseLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--limit is ${text}: it must be a whole number.`)
  return Number(text)
}

function sayBusy(): number {
  console.error('Another run of ingest has this content folder; it was left to it.')
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
