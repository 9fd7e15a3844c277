import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Damage,
  expectShown,
  formatReading,
  listWords,
  type Reading,
  readClearEnding,
  readFor,
  waitForOutcome,
} from './damage.ts'
import { mountObstacle, mountReadOnly } from './mount.ts'
import type { Trial } from './trial.ts'

/** How long a site may take until it is right again, in ms. */
const patience = 30_000

/** Where the content folder is while it is away. */
const away = (trial: Trial) => `${trial.contentDir}-away`

export const contentDamages: Damage[] = [
  {
    name: 'content folder read-only',
    expected: 'nothing is different; what others change in it is published',
    obstacle: mountObstacle,
    async inflict(trial) {
      const seen = join(trial.folder, 'read-only-content')
      const unmount = mountReadOnly(trial.contentDir, seen)
      try {
        await trial.start({ contentDir: seen })
        await trial.site().waitUntilSettled()
        await trial.editor.publish()
        const taken = await trial.compareWithin(patience)
        return `right after ${taken} ms; ${listWords(trial.site())}`
      } finally {
        await trial.site().kill()
        unmount()
      }
    },
  },
  {
    name: 'content folder missing at start, with an index',
    expected: 'serves what it has or says what is missing; right when the folder is there',
    inflict: (trial) => startWithoutContent(trial, { hasIndex: true }),
  },
  {
    name: 'content folder missing at start, without an index',
    expected: 'says what is missing; right when the folder is there',
    inflict: (trial) => startWithoutContent(trial, { hasIndex: false }),
  },
  {
    name: 'content folder moved away while running, and back',
    expected: 'serves what it knew and says so; right after it is back, and watching again',
    async inflict(trial) {
      const known = await trial.readEdition()
      await rename(trial.contentDir, away(trial))
      try {
        const reading = await readFor(trial, { edition: known, milliseconds: 2500 })
        await expectShown(trial, known)
        return await describeReturn(trial, reading, () => rename(away(trial), trial.contentDir))
      } finally {
        await putBack(trial)
      }
    },
  },
  {
    name: 'content folder exchanged for another while running',
    expected: 'shows what the new folder holds, and watches it',
    async inflict(trial) {
      await cp(trial.contentDir, away(trial), { recursive: true })
      const former = `${trial.contentDir}-former`
      await rename(trial.contentDir, former)
      await rename(away(trial), trial.contentDir)
      await rm(former, { recursive: true })
      await trial.editor.publish()
      const taken = await trial.compareWithin(patience)
      await trial.editor.publish()
      const again = await trial.compareWithin(patience)
      return `right after ${taken} ms, and ${again} ms after another article; ${listWords(trial.site())}`
    },
  },
  {
    name: 'a folder of articles exchanged for a copy while running',
    expected: 'nothing is different; what changes in the copy is published',
    async inflict(trial) {
      const folder = join(trial.contentDir, 'articles')
      await cp(folder, away(trial), { recursive: true })
      await rename(folder, join(trial.folder, 'former'))
      await rename(away(trial), folder)
      await rm(join(trial.folder, 'former'), { recursive: true })
      const taken = await trial.compareWithin(patience)
      await trial.editor.publish()
      const again = await trial.compareWithin(patience)
      return `right after ${taken} ms, and ${again} ms after another article`
    },
  },
  {
    name: 'content folder a link that is turned to another release',
    expected: 'shows what the new release holds, and watches it',
    async inflict(trial) {
      const link = join(trial.folder, 'current')
      const former = join(trial.folder, 'former-release')
      await cp(trial.contentDir, former, { recursive: true })
      await rm(link, { force: true })
      await symlink(former, link)
      await trial.start({ contentDir: link })
      await trial.site().waitUntilSettled()
      await trial.editor.publish()
      await symlink(trial.contentDir, `${link}-next`)
      await rename(`${link}-next`, link)
      try {
        const taken = await trial.compareWithin(patience)
        await trial.editor.publish()
        const again = await trial.compareWithin(patience)
        return `right after ${taken} ms, and ${again} ms after another article`
      } finally {
        await trial.site().kill()
        await rm(former, { recursive: true })
      }
    },
  },
  {
    name: 'content folder emptied while running, and filled again',
    expected: 'shows that there is nothing, then everything again',
    isQuick: true,
    async inflict(trial) {
      await mkdir(away(trial))
      await rename(join(trial.contentDir, 'articles'), join(away(trial), 'articles'))
      try {
        const emptied = await trial.compareWithin(patience)
        await rename(join(away(trial), 'articles'), join(trial.contentDir, 'articles'))
        const filled = await trial.compareWithin(patience)
        await trial.editor.publish()
        const again = await trial.compareWithin(patience)
        return `empty after ${emptied} ms, full after ${filled} ms, and watching (${again} ms); ${listWords(trial.site())}`
      } finally {
        await rm(away(trial), { recursive: true })
      }
    },
  },
]

async function startWithoutContent(
  trial: Trial,
  { hasIndex }: { hasIndex: boolean },
): Promise<string> {
  const known = await trial.readEdition()
  await trial.site().kill()
  if (!hasIndex) await rm(trial.dataDir, { recursive: true })
  await rename(trial.contentDir, away(trial))
  try {
    const site = await trial.start()
    if ((await waitForOutcome(site)) === 'ended') {
      const ending = readClearEnding(site, /CONTENT_DIR|content folder/i)
      await putBack(trial)
      await trial.start()
      await trial.site().waitUntilSettled()
      await trial.compareWithin(patience)
      return ending
    }
    if (hasIndex) await expectShown(trial, known)
    const reading = { asked: 0, broken: [], slowest: 0 }
    return await describeReturn(trial, reading, () => putBack(trial))
  } finally {
    await putBack(trial)
  }
}

async function describeReturn(
  trial: Trial,
  reading: Reading,
  bringBack: () => Promise<void>,
): Promise<string> {
  const words = listWords(trial.site())
  if (words === 'it said nothing')
    throw new Error('it serves on and does not say that anything is wrong')
  await bringBack()
  const taken = await trial.compareWithin(patience)
  await trial.editor.publish()
  const again = await trial.compareWithin(patience)
  return `right ${taken} ms after the return, and ${again} ms after another article; ${formatReading(reading)}; ${words}`
}

async function putBack(trial: Trial): Promise<void> {
  await rename(away(trial), trial.contentDir).catch(() => undefined)
}
