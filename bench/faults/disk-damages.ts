import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Damage,
  expectShown,
  formatReading,
  listWords,
  readClearEnding,
  readFor,
  waitForOutcome,
} from './damage.ts'
import { mountMemory, mountObstacle, mountReadOnly, resizeMemory } from './mount.ts'
import type { Trial } from './trial.ts'

/** How long a site may take until it is right again, in ms. Failed disks are left alone for 30 s. */
const patience = 60_000

/** What a message about the data folder names. */
const namesDataFolder = /DATA_DIR|data folder|disk|space|read-?only|permission/i

export const diskDamages: Damage[] = [
  {
    name: 'DATA_DIR cannot be made: a file is in its way',
    expected: 'ends and says so',
    async inflict(trial) {
      const file = join(trial.folder, 'in-the-way')
      await writeFile(file, '')
      const site = await trial.start({ dataDir: join(file, 'data') })
      if ((await waitForOutcome(site)) === 'up') throw new Error('it came up without a data folder')
      return readClearEnding(site, /DATA_DIR|in-the-way/)
    },
  },
  {
    name: 'DATA_DIR on a disk of 512 KB, too small for the index',
    expected: 'serves what it can or ends, and says that the disk is full',
    obstacle: mountObstacle,
    async inflict(trial) {
      const small = join(trial.folder, 'small-disk')
      const unmount = mountMemory(small, '512k')
      try {
        const site = await trial.start({ dataDir: small })
        if ((await waitForOutcome(site)) === 'ended') return readClearEnding(site, namesDataFolder)
        const reading = await readFor(trial, {
          edition: await trial.readEdition(),
          milliseconds: 3000,
        })
        const words = listWords(site)
        if (!namesDataFolder.test(words))
          throw new Error(`it does not say that the disk is full: ${words}`)
        resizeMemory(small, '500m')
        const taken = await trial.compareWithin(patience)
        return `serves on (${formatReading(reading)}), right ${taken} ms after there was room; ${words}`
      } finally {
        await trial.site().kill()
        unmount()
      }
    },
  },
  {
    name: 'DATA_DIR on a disk that fills while running',
    expected: 'serves what it has and says so; right when there is room again',
    obstacle: mountObstacle,
    async inflict(trial) {
      const disk = join(trial.folder, 'full-disk')
      const unmount = mountMemory(disk, '300m')
      try {
        const site = await trial.start({ dataDir: disk })
        await site.waitUntilSettled()
        await trial.compareWithin(patience)
        const known = await trial.readEdition()
        const ballast = join(disk, 'ballast')
        await writeFile(ballast, Buffer.alloc(400 * 1024 * 1024)).catch(() => undefined)
        for (let round = 0; round < 20; round += 1) await trial.editor.publish()
        const reading = await readFor(trial, { edition: known, milliseconds: 4000 })
        const words = listWords(site)
        if (site.ending()) throw new Error(`it ended (${site.ending()}): ${words}`)
        if (reading.broken.length > 0) throw new Error(formatReading(reading))
        await rm(ballast)
        const taken = await trial.compareWithin(patience)
        return `right ${taken} ms after there was room; ${formatReading(reading)}; ${words}`
      } finally {
        await trial.site().kill()
        unmount()
      }
    },
  },
  {
    name: 'DATA_DIR read-only, with an index',
    expected: 'serves what it has, or ends and says so',
    obstacle: mountObstacle,
    async inflict(trial) {
      const known = await trial.readEdition()
      await trial.site().kill()
      return await startReadOnly(trial, async (site) => {
        await expectShown(trial, known)
        return `serves what it knew; ${listWords(site)}`
      })
    },
  },
  {
    name: 'DATA_DIR read-only, empty',
    expected: 'ends and says so',
    obstacle: mountObstacle,
    async inflict(trial) {
      await trial.site().kill()
      await rm(trial.dataDir, { recursive: true })
      await mkdir(trial.dataDir)
      return await startReadOnly(trial, async (site) => {
        throw new Error(`it came up with nothing to show; ${listWords(site)}`)
      })
    },
  },
]

async function startReadOnly(
  trial: Trial,
  look: (site: ReturnType<Trial['site']>) => Promise<string>,
): Promise<string> {
  const copy = join(trial.folder, 'data-copy')
  const seen = join(trial.folder, 'read-only-data')
  await cp(trial.dataDir, copy, { recursive: true })
  const unmount = mountReadOnly(copy, seen)
  try {
    const site = await trial.start({ dataDir: seen })
    if ((await waitForOutcome(site)) === 'ended') return readClearEnding(site, namesDataFolder)
    return await look(site)
  } finally {
    await trial.site().kill()
    unmount()
    await rm(copy, { recursive: true })
  }
}
