import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '#lib/node/describe-error.ts'
import { dayIn } from '#lib/site/day-in.ts'
import { site } from '#lib/site/site.ts'

export type Spending = { requests: number; tokens: number }

export type SpendingRecord = {
  /** Adds to what a day (`toSpendingDay`) has cost. Throws what the file system does. */
  add(day: string, cost: Spending): void
  find(day: string): Spending
}

/** The day of a request, `yyyy-mm-dd` in the publication's time zone, as days are everywhere. */
export const toSpendingDay = (at: Date): string => dayIn(site().timeZone, at.getTime())

/** How many days' files are kept. */
const daysKept = 31

/**
 * What the model has cost on each day; `llm/budget.ts` checks what a day may cost. It is kept in
 * the content folder, in `.ingest/spending/<day>.txt`, so that nobody pays twice for a day after the data
 * folder is lost. Each request appends a line `<requests> <tokens>`, which is one write of a few bytes:
 * several processes may add at the same time, and a crash leaves at most one broken line. That line
 * counts as one request. With `isDryRun` nothing is written.
 */
export function openSpendingRecord(
  contentDir: string,
  { now, isDryRun }: { now: Date; isDryRun: boolean },
): SpendingRecord {
  const folder = join(contentDir, '.ingest', 'spending')
  const fileOf = (day: string) => join(folder, `${day}.txt`)
  if (!isDryRun) removeOldDays(folder, now)
  return {
    add(day, { requests, tokens }) {
      if (isDryRun) return
      mkdirSync(folder, { recursive: true })
      appendFileSync(fileOf(day), `${requests} ${tokens}\n`)
    },
    find(day) {
      const spent = { requests: 0, tokens: 0 }
      for (const line of readLines(fileOf(day))) {
        const [, requests = '1', tokens = '0'] = /^(\d+) (-?\d+)$/.exec(line) ?? []
        spent.requests += Number(requests)
        spent.tokens += Number(tokens)
      }
      return spent
    },
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return []
    throw cause
  }
}

function removeOldDays(folder: string, now: Date): void {
  const oldest = new Date(now.getTime() - daysKept * 86_400_000).toISOString().slice(0, 10)
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause
  }
  for (const name of names) {
    if (/^\d{4}-\d\d-\d\d\.txt$/.test(name) && name.slice(0, 10) < oldest) {
      rmSync(join(folder, name), { force: true })
    }
  }
}
