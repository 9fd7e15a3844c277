import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createSeededRandom, type SeededRandom } from '#lib/covers/art/seeded-random.ts'
import { locales } from '#lib/site/locales.ts'
import { compareIndex, compareLists } from './check-index.ts'
import { choosePaths, comparePage, comparePages } from './check-pages.ts'
import { createEditionReader, type Edition } from './edition.ts'
import { type Editor, openEditor } from './editor.ts'
import { type Site, type SiteSettings, startSite } from './site.ts'

/** Folders, editors and a site to do harm to, and the means to tell whether it is right again. */
export type Trial = {
  /** A folder of its own; `contentDir` and `dataDir` are in it. */
  folder: string
  contentDir: string
  dataDir: string
  editor: Editor
  random: SeededRandom
  readEdition: () => Promise<Edition>
  /** Paths worth asking for: what shows most, what was touched last, what chance picks. */
  choose(edition: Edition): string[]
  /** The site started last. */
  site(): Site
  /** Ends the running site and starts another. */
  start(elsewhere?: Partial<SiteSettings>): Promise<Site>
  /** Starts the site where it ended or was started with other folders, and waits until all is read. */
  ensureRunning(): Promise<void>
  /** Starts it, holds its first answers against the files, waits until all is read. */
  startAndSettle(): Promise<string[]>
  /**
   * Everything in which index and pages differ from the content folder: all of the index, and of the
   * pages those that `choose` picks and those that are named.
   */
  compare(paths?: string[]): Promise<string[]>
  /**
   * Compares until nothing differs. Answers after how many ms it was so; throws with what still
   * differs then.
   */
  compareWithin(milliseconds: number): Promise<number>
  end(): Promise<void>
}

/** How many lines of difference are printed of the index, and as many of the pages. */
const mostDifferences = 5

export async function openTrial(
  folder: string,
  options: { articleCount: number; port: number; seed: string; isQuick: boolean },
): Promise<Trial> {
  const contentDir = join(folder, 'content')
  const dataDir = join(folder, 'data')
  const { articleCount, port, isQuick } = options
  const random = createSeededRandom(options.seed)
  await mkdir(contentDir, { recursive: true })
  const editor = await openEditor(contentDir, { articleCount, random })
  const readEdition = createEditionReader(contentDir)
  let site: Site | undefined
  let indexDir = dataDir
  let isElsewhere = false

  function current(): Site {
    if (!site) throw new Error('No site has been started')
    return site
  }

  async function start(elsewhere: Partial<SiteSettings> = {}): Promise<Site> {
    await site?.kill()
    const settings = { port, contentDir, dataDir, ...elsewhere }
    indexDir = settings.dataDir
    isElsewhere = Object.keys(elsewhere).length > 0
    site = startSite(settings)
    return site
  }

  /** What is not read yet may be missing at first; what is shown has to be true from the start. */
  async function compareFirstAnswers(): Promise<string[]> {
    const edition = await readEdition()
    const differences: string[] = []
    const paths = choose(edition)
    for (const path of paths.filter((candidate) => candidate.includes('/article/')).slice(-20)) {
      const reply = await current().ask(path)
      if (reply.status !== 404) differences.push(...comparePage(path, reply, edition))
    }
    return isStill(edition, await readEdition())
      ? differences.map((line) => `first answers: ${line}`)
      : []
  }

  async function compare(paths: string[] = []): Promise<string[]> {
    for (;;) {
      const edition = await readEdition()
      const chosen = [...choose(edition), ...paths]
      const ofIndex = await compareIndex(indexDir, edition)
      const ofPages = await comparePages(current(), [...new Set(chosen)], edition)
      // An article may have come due meanwhile: then nobody was wrong.
      if (!isStill(edition, await readEdition())) continue
      return [...shorten(ofIndex), ...shorten(ofPages)]
    }
  }

  const choose = (edition: Edition) =>
    choosePaths(edition, editor.addresses(), { random, touched: isQuick ? 8 : 24 })

  return {
    folder,
    contentDir,
    dataDir,
    editor,
    random,
    readEdition,
    site: current,
    start,
    choose,
    compare,
    async ensureRunning() {
      if (isElsewhere || !site || site.ending() !== undefined) await start()
      await current().waitUntilSettled()
    },
    end: async () => site?.kill(),
    async startAndSettle() {
      await start()
      await current().waitUntilAnswering()
      const differences = await compareFirstAnswers()
      await current().waitUntilSettled()
      return differences
    },
    async compareWithin(milliseconds) {
      const startedAt = performance.now()
      for (;;) {
        const taken = performance.now() - startedAt
        // The index is looked at in no time; the pages, which take seconds, once it is right.
        const ofIndex = await compareIndex(indexDir, await readEdition())
        const differences = ofIndex.length > 0 ? ofIndex : await compare()
        if (differences.length === 0) return Math.round(taken)
        const ending = current().ending()
        if (ending) throw new Error(`the site ended (${ending}); ${lastWords(current())}`)
        if (taken > milliseconds) {
          const lines = (await compare()).join('\n    ')
          throw new Error(`after ${milliseconds} ms still:\n    ${lines}`)
        }
        await wait(100)
      }
    },
  }
}

/** What a site said last, for a report. */
export function lastWords(site: Site, lineCount = 4): string {
  const lines = site.lines.slice(-lineCount)
  return lines.length > 0 ? `it said:\n    ${lines.join('\n    ')}` : 'it said nothing'
}

function shorten(differences: string[]): string[] {
  const more = differences.length - mostDifferences
  if (more <= 0) return differences
  return [...differences.slice(0, mostDifferences), `… and ${more} more like that`]
}

function isStill(before: Edition, after: Edition): boolean {
  const slugsOf = (edition: Edition) =>
    locales.flatMap((locale) => edition.visibleIn(locale).map(({ slug }) => slug))
  return compareLists('', slugsOf(before), slugsOf(after)).length === 0
}
