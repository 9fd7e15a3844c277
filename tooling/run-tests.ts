import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { obtainNginx } from '#deploy/nginx-process.ts'
import { buildWhenStale } from './build.ts'
import { obtainChromium } from './find-chromium.ts'
import { obtainEngines } from './find-engines.ts'
import { runTool } from './run-tool.ts'

/** How a stage ended: its tool's exit code, and how many tests it ran. */
type Outcome = { status: number; passed: number; failed: number }

/** In the order in which they run. Each gets the parameters of its tool. */
const stages: Record<string, (parameters: string[]) => Promise<Outcome>> = {
  lint: async (parameters) =>
    untested(await runTool('@biomejs/biome', 'biome', ['ci', ...strict, ...parameters])),
  types: async (parameters) => {
    // The types of pages and routes are the framework's to write.
    const status = await runTool('next', 'next', ['typegen'])
    return untested(status || (await runTool('typescript', 'tsc', ['--noEmit', ...parameters])))
  },
  unit: runUnitTests,
  e2e: runBrowserTests,
}

const strict = ['--error-on-warnings', ...(process.stdout.isTTY ? [] : ['--colors=off'])]

/**
 * Runs every stage, or the one that is named first, until one fails. The last line says how many
 * tests passed and failed in all. Answers the exit code of the stage that failed, or 0.
 */
export async function runTests([only, ...parameters]: string[]): Promise<number> {
  const names = only === undefined ? Object.keys(stages) : [only]
  const totals = { passed: 0, failed: 0 }
  for (const name of names) {
    const runStage = stages[name]
    if (!runStage) {
      console.error(`There is no stage ${name}. The stages are ${Object.keys(stages).join(', ')}.`)
      return 2
    }
    console.log(`\n── ${name}`)
    const { status, passed, failed } = await runStage(parameters)
    totals.passed += passed
    // A stage that fails without a failed test (a type error, a file that cannot load) is a failure.
    totals.failed += status !== 0 && failed === 0 ? 1 : failed
    if (status !== 0) {
      console.error(`\n${name} failed.`)
      return report(totals, status)
    }
  }
  return report(totals, 0)
}

function report({ passed, failed }: { passed: number; failed: number }, status: number): number {
  console.log(`\n${passed} passed, ${failed} failed`)
  return status
}

const untested = (status: number): Outcome => ({ status, passed: 0, failed: 0 })

const unitReportSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })

async function runUnitTests(parameters: string[]): Promise<Outcome> {
  await obtainNginx()
  return withReportFile(async (file) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const status = await runTool('vitest', 'vitest', ['run', ...reporters, ...parameters])
    const report = readReport(file, unitReportSchema)
    return { status, passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 }
  })
}

const browserReportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

async function runBrowserTests(parameters: string[]): Promise<Outcome> {
  const chromium = await obtainChromium()
  if (!chromium) return untested(1)
  await obtainEngines()
  const buildStatus = await buildWhenStale()
  if (buildStatus !== 0) return untested(buildStatus)
  return withReportFile(async (file) => {
    const status = await runTool(
      '@playwright/test',
      'playwright',
      ['test', '--reporter=list,json', ...parameters],
      { env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
    )
    const stats = readReport(file, browserReportSchema)?.stats
    return {
      status,
      passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
      failed: stats?.unexpected ?? 0,
    }
  })
}

async function withReportFile(runStage: (file: string) => Promise<Outcome>): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-report-'))
  try {
    return await runStage(join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `undefined` when the tool ended before it wrote its report. */
function readReport<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
