import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { reasonOf } from '#lib/node/describe-error.ts'
import { comparePages } from './check-pages.ts'
import type { Edition } from './edition.ts'
import type { Site } from './site.ts'
import { lastWords, type Trial } from './trial.ts'

/** One kind of damage to the content, the databases or the disk. */
export type Damage = {
  name: string
  /** How the site must react. */
  expected: string
  /** Quick enough for every test run, and possible without root. */
  isQuick?: boolean
  /** Why it cannot be tried on this machine. `undefined` when it can. */
  obstacle?: () => string | undefined
  /**
   * Damages a site that runs and is right, observes it, and undoes what the site cannot repair. Returns
   * what happened; throws if that is not what is expected.
   */
  inflict(trial: Trial): Promise<string>
}

/** Tries one damage after the other, each on a site that is right. Returns the failures. */
export async function inflictAll(
  trial: Trial,
  damages: Damage[],
  say: (line: string) => void,
): Promise<string[]> {
  const failures: string[] = []
  for (const { name, expected, obstacle, inflict } of damages) {
    say(`  ${name}`)
    const reason = obstacle?.()
    if (reason) {
      say(`    skipped: ${reason}`)
      continue
    }
    say(`    expected: ${expected}`)
    try {
      await trial.ensureRunning()
      say(`    right:    ${await inflict(trial)}`)
    } catch (error) {
      const message = reasonOf(error)
      say(`    WRONG:    ${message}`)
      failures.push(`${name}: ${message}`)
      await trial.site().kill()
      await rm(trial.dataDir, { recursive: true, force: true })
    }
  }
  return failures
}

/** Waits until a site answers or has ended, whichever comes first. */
export async function waitForOutcome(site: Site): Promise<'up' | 'ended'> {
  try {
    await site.waitUntilAnswering()
    return 'up'
  } catch (error) {
    if (site.ending() === undefined) throw error
    return 'ended'
  }
}

/**
 * What a site said before it ended, when an operator can act on it: a few lines that name what is
 * wrong, and no stack. Throws when it is not like that.
 */
export function readClearEnding(site: Site, named: RegExp): string {
  const text = site.lines.join('\n')
  const said = lastWords(site, 6)
  if (site.ending() === 'exit code 0') throw new Error(`it ended as if all were well; ${said}`)
  if (!named.test(text))
    throw new Error(`it ended (${site.ending()}) and does not say why; ${said}`)
  if (/^\s+at /m.test(text)) throw new Error(`it ended with a stack instead of a sentence; ${said}`)
  return `ends with ${site.ending()}; ${said}`
}

/** Throws unless a site shows an edition, whatever the content folder holds by now. */
export async function expectShown(trial: Trial, edition: Edition): Promise<void> {
  const paths = trial.choose(edition)
  const differences = await comparePages(trial.site(), paths, edition)
  if (differences.length > 0) {
    throw new Error(`does not show what it knew:\n    ${differences.slice(0, 6).join('\n    ')}`)
  }
}

/** How many pages broke of those that were asked for, and the slowest answer in ms. */
export type Reading = { asked: number; broken: string[]; slowest: number }

/** Reads pages of an edition for a while (ms) as readers do, and counts what goes wrong. */
export async function readFor(
  trial: Trial,
  { edition, milliseconds }: { edition: Edition; milliseconds: number },
): Promise<Reading> {
  const { random } = trial
  const paths = trial.choose(edition)
  const reading: Reading = { asked: 0, broken: [], slowest: 0 }
  const deadline = performance.now() + milliseconds
  while (performance.now() < deadline && trial.site().ending() === undefined) {
    const path = paths[random.integer(0, paths.length - 1)] ?? '/'
    reading.asked += 1
    try {
      const { status, milliseconds: taken } = await trial.site().ask(path)
      if (status >= 500) reading.broken.push(`${path} answered ${status}`)
      reading.slowest = Math.max(reading.slowest, Math.round(taken))
    } catch (error) {
      reading.broken.push(`${path}: ${reasonOf(error)}`)
    }
    await wait(5)
  }
  return reading
}

export function formatReading({ asked, broken, slowest }: Reading): string {
  const which = broken.length > 0 ? ` (${broken[0]})` : ''
  return `${broken.length} of ${asked} pages broke meanwhile${which}, the slowest took ${slowest} ms`
}

/** Log lines about a problem, once each. */
export function listWords(site: Site): string {
  const lines = site.lines.filter((line) => !/^(✓|Content:|\S.* is at http|\s)/.test(line))
  return lines.length === 0
    ? 'it said nothing'
    : `it said: ${[...new Set(lines)].slice(0, 3).join(' | ')}`
}
