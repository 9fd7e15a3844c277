import '#lib/site/load-site.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Report, requireSections } from '#cli/command.ts'
import { buildWhenStale } from '#tooling/build.ts'
import { watchArrivals } from './arrivals.ts'
import { contentDamages } from './content-damages.ts'
import { inflictAll } from './damage.ts'
import { databaseDamages } from './database-damages.ts'
import { diskDamages } from './disk-damages.ts'
import { fuzzRequests } from './fuzz-requests.ts'
import { killOften, phases } from './kills.ts'
import { openTrial } from './trial.ts'

export const faultSections = [...phases, 'damage', 'arrivals', 'requests']

export type FaultOptions = {
  kills: number
  articles: number
  /** Some of `faultSections`. */
  only: string[]
  /** Words of the name of a damage: only such are done. */
  damage: string
  /** Only what takes seconds. */
  quick: boolean
  seed: string
  port: number
  requests: number
}

/**
 * `dateline faults`: damages the built site from outside and compares it with the content folder
 * afterwards. It is killed at random moments, its files are damaged, its folders go away, its disk
 * fills, and articles arrive in every way that files do. Exit code 1 with what differed.
 *
 * The same seed repeats what is done; when exactly a process is killed depends on the machine.
 */
export async function faults({
  kills,
  articles: articleCount,
  only: wanted,
  damage,
  quick,
  seed,
  port,
  requests,
}: FaultOptions): Promise<Report> {
  requireSections(wanted, faultSections)
  const buildStatus = await buildWhenStale()
  if (buildStatus !== 0) throw new Error('The site could not be built.')

  const say = (line: string) => console.error(line)
  const folder = await mkdtemp(join(tmpdir(), 'dateline-faults-'))
  say(`Seed ${seed}, ${articleCount} articles in ${folder}`)
  const trial = await openTrial(folder, {
    articleCount,
    port,
    seed,
    isQuick: quick,
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      console.error(`Stopped by ${signal}`)
      await trial.end()
      await rm(folder, { recursive: true, force: true })
      process.exit(1)
    })
  }
  const failures: string[] = []
  try {
    const wantedPhases = phases.filter((phase) => wanted.includes(phase))
    if (wantedPhases.length > 0) {
      say(`\nKilled ${kills} times`)
      failures.push(...(await killOften(trial, { kills, wanted: wantedPhases, say })))
    }
    if (wanted.includes('damage')) {
      say('\nDamaged')
      const damages = [...databaseDamages, ...contentDamages, ...diskDamages].filter(
        ({ name, isQuick }) => name.includes(damage) && (isQuick || !quick),
      )
      failures.push(...(await inflictAll(trial, damages, say)))
    }
    if (wanted.includes('arrivals') && !quick) {
      say('\nArriving')
      failures.push(...(await watchArrivals(trial, { saves: 50, say })))
    }
    if (wanted.includes('requests')) {
      say('\nAsked by chance')
      await trial.ensureRunning()
      const count = quick ? 2000 : requests
      failures.push(...(await fuzzRequests(port, { count, random: trial.random })))
      failures.push(...(await trial.compare()))
    }
  } finally {
    await trial.end()
    await rm(folder, { recursive: true, force: true })
  }
  return toReport(failures, seed)
}

/** What went wrong, one failure a line. */
export function toReport(failures: string[], seed: string): Report {
  const text =
    failures.length === 0
      ? 'All was right.'
      : [`${failures.length} wrong:`, ...failures.map((failure) => `- ${failure}`)].join('\n')
  return { text, json: { seed, failures }, exitCode: failures.length === 0 ? 0 : 1 }
}
