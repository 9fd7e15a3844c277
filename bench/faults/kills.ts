import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { reasonOf } from '#lib/node/describe-error.ts'
import { articlePath, listingPath } from '#lib/site/routes.ts'
import { lastWords, type Trial } from './trial.ts'

export const phases = ['first-index', 'sync', 'publish', 'cache'] as const
export type Phase = (typeof phases)[number]

/** How often a site is killed again while it restarts. */
const killedTwice = 0.2

/** What a round did before the kill, what it requested, and what broke before the kill. */
type Prelude = { story: string; paths: string[]; broken: string[] }

/**
 * Kills the site at random moments, phase after phase, and compares it with the content folder after
 * every restart. Returns the differences. The seed decides what is done and when, but not how far the
 * site has come by then, so two runs differ.
 */
export async function killOften(
  trial: Trial,
  { kills, wanted, say }: { kills: number; wanted: Phase[]; say: (line: string) => void },
): Promise<string[]> {
  const { random } = trial
  const failures: string[] = []
  const boot = await measureBoot(trial)
  say(`  comes up in ${boot.first} ms without an index, in ${boot.again} ms with one`)
  for (let [killed, round] = [0, 0]; killed < kills; killed += 1, round += 1) {
    const phase = wanted[round % wanted.length] ?? 'publish'
    const startedAt = performance.now()
    const differences: string[] = []
    let story = ''
    try {
      const prelude = await preludes[phase](trial, boot)
      story = prelude.story
      differences.push(...prelude.broken)
      await trial.site().kill()
      if (trial.site().ending() !== 'SIGKILL') {
        differences.push(`ended by itself: ${trial.site().ending()}; ${lastWords(trial.site())}`)
      }
      if (random.fraction() < killedTwice && killed + wanted.length < kills) {
        killed += 1
        story += ', and again while coming up'
        await trial.start()
        await wait(random.fraction() * boot.again)
        await trial.site().kill()
      }
      const missed = random.integer(0, 6)
      for (let act = 0; act < missed; act += 1) await trial.editor.act()
      differences.push(...(await trial.startAndSettle()))
      differences.push(...(await trial.compare(prelude.paths)))
      differences.push(...listComplaints(trial))
    } catch (error) {
      differences.push(reasonOf(error))
      await beginAnew(trial)
    }
    const taken = ((performance.now() - startedAt) / 1000).toFixed(1)
    const verdict = differences.length === 0 ? 'right' : 'WRONG'
    say(`  ${String(killed + 1).padStart(3)}  ${verdict}  ${taken} s  ${phase}: ${story}`)
    for (const line of differences) say(`       ${line}`)
    failures.push(...differences.map((line) => `kill ${killed + 1}, ${phase}: ${line}`))
  }
  return failures
}

/** A kill damages no file: an index that is rebuilt after one was written wrongly. */
function listComplaints(trial: Trial): string[] {
  return trial.site().lines.filter((line) => /rebuilt|not kept on disk|Error|Unhandled/.test(line))
}

/** So that what one round broke is not counted in the next. */
async function beginAnew(trial: Trial): Promise<void> {
  await trial.site().kill()
  await rm(trial.dataDir, { recursive: true, force: true })
  await trial.start()
  await trial.site().waitUntilSettled()
}

type Boot = { first: number; again: number }

/** How long a start takes, in ms, so that kills fall into it. */
async function measureBoot(trial: Trial): Promise<Boot> {
  const taken: number[] = []
  for (const isFirst of [true, false]) {
    if (isFirst) await rm(trial.dataDir, { recursive: true, force: true })
    const startedAt = performance.now()
    await trial.start()
    await trial.site().waitUntilSettled()
    taken.push(Math.round(performance.now() - startedAt))
  }
  const [first = 0, again = 0] = taken
  return { first, again }
}

const preludes: Record<Phase, (trial: Trial, boot: Boot) => Promise<Prelude>> = {
  async 'first-index'(trial, boot) {
    await trial.site().kill()
    await rm(trial.dataDir, { recursive: true, force: true })
    await trial.start()
    while (!existsSync(join(trial.dataDir, 'articles.sqlite')) && !trial.site().ending())
      await wait(2)
    const after = trial.random.fraction() * Math.max(300, boot.first - boot.again)
    await wait(after)
    return { story: `${Math.round(after)} ms after the index was started`, paths: [], broken: [] }
  },

  async sync(trial, boot) {
    const { editor, random } = trial
    const isRunning = random.fraction() < 0.5
    if (!isRunning) await trial.site().kill()
    const changes = random.integer(10, Math.max(20, Math.floor(editor.articleCount / 5)))
    const changing = changeMany(trial, changes)
    if (!isRunning) {
      await changing
      await trial.start()
    }
    const after = random.fraction() * (isRunning ? 1500 : boot.again + 500)
    await wait(after)
    await trial.site().kill()
    await changing
    const how = isRunning ? 'into' : 'after the start that found'
    return { story: `${Math.round(after)} ms ${how} ${changes} changes`, paths: [], broken: [] }
  },

  async publish(trial) {
    const after = 300 + trial.random.fraction() * 2200
    const work = { readers: 2, longestPause: 30, milliseconds: after }
    const { broken } = await whileWorking(trial, work)
    return { story: `${Math.round(after)} ms into editing`, paths: [], broken }
  },

  async cache(trial) {
    const after = 300 + trial.random.fraction() * 2200
    const work = { readers: 8, longestPause: 300, milliseconds: after }
    const { paths, broken } = await whileWorking(trial, work)
    const story = `${Math.round(after)} ms and ${paths.length} pages into reading`
    return { story, paths: paths.slice(-60), broken }
  },
}

async function changeMany({ editor }: Trial, changes: number): Promise<void> {
  for (let change = 0; change < changes; change += 1) await editor.act()
}

/** Edits and reads until the site is killed. Returns what was read and what broke. */
async function whileWorking(
  trial: Trial,
  work: { readers: number; longestPause: number; milliseconds: number },
): Promise<Omit<Prelude, 'story'>> {
  const { editor } = trial
  const site = trial.site()
  const paths: string[] = []
  const broken: string[] = []
  let isOver = false
  async function read(): Promise<void> {
    while (!isOver) {
      const path = chooseReading(trial)
      const reply = await site.ask(path).catch(() => undefined)
      if (reply) paths.push(path)
      if (reply && reply.status >= 500) broken.push(`${path} answered ${reply.status}`)
    }
  }
  const working = [
    editor.keepActing(() => isOver, work.longestPause),
    ...Array.from({ length: work.readers }, read),
  ]
  await wait(work.milliseconds)
  await site.kill()
  isOver = true
  await Promise.all(working)
  return { paths, broken }
}

function chooseReading({ editor, random }: Trial): string {
  const addresses = editor.addresses()
  const address = addresses[random.integer(0, addresses.length - 1)]
  if (address && random.fraction() < 0.8) return articlePath(address.locale, address.slug)
  return listingPath('en', { kind: 'latest' }, random.integer(1, 1 + editor.articleCount / 24))
}
