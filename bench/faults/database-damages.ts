import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  type Damage,
  formatReading,
  listWords,
  readClearEnding,
  readFor,
  waitForOutcome,
} from './damage.ts'
import type { Trial } from './trial.ts'

/** How long a site may take until it is right again, in ms. */
const patience = 30_000

type Harm = { name: string; harm: (file: string) => void | Promise<void> }

const harms: Harm[] = [
  { name: 'cut in half', harm: (file) => truncateSync(file, Math.floor(statSync(file).size / 2)) },
  { name: 'cut to nothing', harm: (file) => truncateSync(file, 0) },
  { name: 'overwritten with garbage', harm: (file) => scribble(file, 0, 1) },
  { name: 'overwritten with garbage in the middle', harm: (file) => scribble(file, 0.4, 0.5) },
  { name: 'deleted', harm: (file) => rmSync(file, { force: true }) },
  {
    name: 'deleted with its log',
    harm: (file) => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    },
  },
  {
    name: 'its log overwritten with garbage',
    harm: (file) => (existsSync(`${file}-wal`) ? scribble(`${file}-wal`, 0, 1) : undefined),
  },
]

/** Writes noise over a part of a file, in place and without changing its length. */
async function scribble(file: string, from: number, to: number): Promise<void> {
  const { size } = statSync(file)
  const start = Math.floor(size * from)
  const handle = await open(file, 'r+')
  try {
    const noise = randomBytes(Math.max(0, Math.floor(size * to) - start))
    await handle.write(noise, 0, noise.length, start)
  } finally {
    await handle.close()
  }
}

export const databaseDamages: Damage[] = ['articles.sqlite', 'pages.sqlite'].flatMap((file) => [
  ...harms.map((harm) => whileRunning(file, harm)),
  ...harms.map((harm) => whileStopped(file, harm)),
  otherVersion(file),
  lockedWhileRunning(file),
  lockedAtStart(file, 'EXCLUSIVE transaction', 'BEGIN EXCLUSIVE'),
  lockedAtStart(
    file,
    'exclusive lock',
    'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (held); ROLLBACK; BEGIN',
  ),
])

function whileRunning(file: string, { name, harm }: Harm): Damage {
  return {
    name: `${file} ${name}, while running`,
    expected: 'goes on serving, is right again by itself, and after a restart',
    async inflict(trial) {
      // What a stopped site leaves is all in one file; a running one has much of it in the log.
      await trial.site().stop()
      await trial.ensureRunning()
      await trial.compare()
      await harm(join(trial.dataDir, file))
      await trial.editor.publish()
      const reading = await readFor(trial, {
        edition: await trial.readEdition(),
        milliseconds: 1500,
      })
      const taken = await trial.compareWithin(patience)
      const words = listWords(trial.site())
      await expectRightAfterRestart(trial)
      return `right after ${taken} ms; ${formatReading(reading)}; ${words}`
    },
  }
}

function whileStopped(file: string, { name, harm }: Harm): Damage {
  return {
    name: `${file} ${name}, while stopped`,
    expected: 'comes up, right, without help',
    isQuick: name === 'overwritten with garbage',
    async inflict(trial) {
      await trial.compare()
      // Killed, it leaves its log; stopped, it leaves all in one file.
      if (name.startsWith('its log')) await trial.site().kill()
      else await trial.site().stop()
      await harm(join(trial.dataDir, file))
      await expectRightAfterRestart(trial)
      return listWords(trial.site())
    },
  }
}

/** As an older or newer release would leave it. */
function otherVersion(file: string): Damage {
  return {
    name: `${file} of another version`,
    expected: 'comes up, right, without help',
    async inflict(trial) {
      await trial.site().kill()
      const lock = await holdLock(join(trial.dataDir, file), 'PRAGMA user_version = 9999')
      await lock.release()
      await expectRightAfterRestart(trial)
      return listWords(trial.site())
    },
  }
}

function lockedWhileRunning(file: string): Damage {
  return {
    name: `${file} locked by another process for 6 s, while running`,
    expected: 'goes on serving; what was published meanwhile is live within 5 s of the release',
    async inflict(trial) {
      const lock = await holdLock(join(trial.dataDir, file), 'BEGIN EXCLUSIVE')
      await trial.editor.publish()
      const reading = await readFor(trial, {
        edition: await trial.readEdition(),
        milliseconds: 6000,
      })
      await lock.release()
      if (reading.broken.length > 0) throw new Error(formatReading(reading))
      if (reading.slowest > 3000) throw new Error(`an answer took ${reading.slowest} ms`)
      const taken = await trial.compareWithin(patience)
      return `right ${taken} ms after the release; ${formatReading(reading)}; ${listWords(trial.site())}`
    },
  }
}

function lockedAtStart(file: string, kind: string, statement: string): Damage {
  return {
    name: `${file} under an ${kind} of another process for 8 s, at start`,
    expected: 'comes up at the latest when it is released, or ends and says what to do',
    async inflict(trial) {
      await trial.site().kill()
      await trial.editor.publish()
      const lock = await holdLock(join(trial.dataDir, file), statement)
      const startedAt = performance.now()
      const timer = setTimeout(() => void lock.release(), 8000)
      try {
        const site = await trial.start()
        if ((await waitForOutcome(site)) === 'ended')
          return readClearEnding(site, /another process/)
        await site.waitUntilSettled()
        const up = Math.round(performance.now() - startedAt)
        await lock.release()
        await trial.compareWithin(patience)
        return `up after ${up} ms; ${listWords(trial.site())}`
      } finally {
        clearTimeout(timer)
        await lock.release()
      }
    },
  }
}

async function expectRightAfterRestart(trial: Trial): Promise<void> {
  const differences = await trial.startAndSettle()
  if (differences.length > 0) throw new Error(`after a restart:\n    ${differences.join('\n    ')}`)
  await trial.compareWithin(3000)
}

/** Another process that has locked a database and keeps it locked until it is stopped. */
async function holdLock(file: string, statement: string): Promise<{ release(): Promise<void> }> {
  const script = `
    import { DatabaseSync } from 'node:sqlite'
    const db = new DatabaseSync(process.argv[1], { timeout: 10000 })
    db.exec(process.argv[2])
    console.log('held')
    process.stdin.on('end', () => process.exit()).resume()
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, file, statement], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const answer = await Promise.race([once(child.stdout, 'data').then(() => 'held'), ended])
  if (answer !== 'held') {
    const others = readdirSync(join(file, '..')).join(', ')
    throw new Error(`${basename(file)} could not be locked (in the folder: ${others})`)
  }
  return {
    async release() {
      child.stdin.end()
      await ended
    },
  }
}
