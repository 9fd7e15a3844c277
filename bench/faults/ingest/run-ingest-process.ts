import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { listIngestSettings } from '#lib/ingest/settings/ingest-env.ts'
import { type IngestReport, ingestReportSchema } from '#lib/ingest-report/ingest-report.ts'
import { listSiteSettings } from '#lib/site/env.ts'
import { blankSettings } from '#lib/site/parse-settings.ts'

export type IngestRun = {
  /** As the parent sees it, from start to end. */
  milliseconds: number
  /** The most memory it held, where the system says so (Linux). */
  peakMegabytes: number
  /** When it was killed, by `performance.now()`. */
  killedAt: number | undefined
  code: number | null
  signal: string | null
  report: IngestReport | undefined
  /** What it wrote to standard output. */
  output: string
  errors: string
}

const script = resolve(import.meta.dirname, '../../../cli/dateline.ts')

/** Runs one pass in a process of its own; `killAfter` ends it in the middle, in ms. */
export function runIngestProcess(
  {
    config,
    contentDir,
    dataDir,
    env = {},
  }: {
    config: string
    contentDir: string
    dataDir: string
    env?: Record<string, string>
  },
  {
    killAfter,
    limit,
    json = true,
    flags = [],
  }: { killAfter?: number; limit?: number; json?: boolean; flags?: string[] } = {},
): Promise<IngestRun> {
  const startedAt = performance.now()
  const more = limit === undefined ? [] : ['--limit', String(limit)]
  const child = spawn(
    process.execPath,
    [
      '--max-semi-space-size=2',
      script,
      'ingest',
      ...(json ? ['--json'] : []),
      '--config',
      config,
      ...more,
      ...flags,
    ],
    {
      env: {
        ...process.env,
        ...blankSettings([...listSiteSettings(), ...listIngestSettings()], process.env),
        ...env,
        CONTENT_DIR: contentDir,
        DATA_DIR: dataDir,
      },
    },
  )
  let output = ''
  let errors = ''
  let peakMegabytes = 0
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const watch = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, readPeak(child.pid))
  }, 20)
  let killedAt: number | undefined
  const die = () => {
    killedAt = performance.now()
    child.kill('SIGKILL')
  }
  const kill = killAfter === undefined ? undefined : setTimeout(die, killAfter)
  return new Promise((done) => {
    child.on('close', (code, signal) => {
      clearInterval(watch)
      clearTimeout(kill)
      const milliseconds = performance.now() - startedAt
      done({
        milliseconds,
        peakMegabytes,
        killedAt,
        code,
        signal,
        report: parse(output),
        output,
        errors,
      })
    })
  })
}

function readPeak(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

function parse(output: string): IngestReport | undefined {
  try {
    return ingestReportSchema.parse(JSON.parse(output))
  } catch {
    return undefined
  }
}
