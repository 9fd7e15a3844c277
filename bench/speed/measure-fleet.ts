import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { articlePath, homePath } from '#lib/site/routes.ts'
import { createFleetNode, type FleetNode, stopOnSignal } from '#tooling/start-fleet.ts'
import { startPostgres } from '#tooling/start-postgres.ts'
import type { Corpus } from './corpus.ts'
import { measureRequestRate } from './load.ts'
import { textOfLiveArticle, waitForText } from './measure-publishing.ts'
import { type Measurement, percentile } from './measurement.ts'

const readers = 3
const savedArticles = 50

/** In turns. The best round of each counts, because other work on the machine can only slow them. */
const rounds = 3

/** How long a machine may take to show an article, also after it was started, in ms. */
const longestWait = 300_000

/**
 * A database, a writer and three machines for readers, beside one machine alone on the same content in
 * the same run: how long a saved file takes to be on all of them, how soon an empty one serves, and how
 * many kept pages one of them sends.
 */
export async function measureFleet(
  corpus: Corpus,
  { folder, port, seconds }: { folder: string; port: number; seconds: number },
): Promise<Measurement[]> {
  const postgres = await startPostgres()
  const nodeOf = (name: string, role: FleetNode['role'], i: number, databaseUrl = postgres.url) =>
    createFleetNode({
      name,
      role,
      port: port + i,
      databaseUrl,
      contentDir: corpus.contentDir,
      dataDir: join(folder, name),
      publishSecret: 'a-secret-of-the-bench',
    })
  const alone = nodeOf('alone', 'all', 0, '')
  const writer = nodeOf('writer', 'writer', 1)
  const webs = Array.from({ length: readers }, (_, i) => nodeOf(`web-${i + 1}`, 'web', 2 + i))
  const stop = stopOnSignal(async () => {
    await Promise.all([alone, writer, ...webs].map((node) => node.kill()))
    await postgres.stop()
  })
  const found: Measurement[] = []
  const note = (name: string, value: number, unit: string) => {
    found.push({ section: 'fleet', name, value, unit })
    console.error(`${name}: ${value.toFixed(2)} ${unit}`)
  }
  try {
    alone.start()
    await alone.waitUntilReady(900_000)
    note('alone: saved, then served, p95', await measureSaved(corpus, [alone]), 'ms')
    await alone.stop()

    const startedAt = performance.now()
    writer.start()
    await writer.waitUntilReady(900_000)
    note('writer: has filled an empty database after', (performance.now() - startedAt) / 1000, 's')
    const [first, ...others] = webs
    if (!first) throw new Error('there are machines for readers')
    const { live, newest, whole } = await measureJoining(first, corpus)
    note('an empty machine: answers after', live, 's')
    note('an empty machine: newest served after', newest, 's')
    note('an empty machine: whole after', whole, 's')
    for (const web of others) web.start()
    for (const web of others) await web.waitUntilReady(900_000)
    note(`fleet: saved, then served by all ${readers}, p95`, await measureSaved(corpus, webs), 'ms')

    alone.start()
    await alone.waitUntilReady(900_000)
    const pages = { home: homePath('en'), article: articlePath('en', corpus.slugs[0] ?? '') }
    for (const [page, path] of Object.entries(pages)) {
      const rates: { alone: number[]; web: number[] } = { alone: [], web: [] }
      for (let round = 0; round < rounds; round += 1) {
        rates.alone.push(await measureRequestRate(`${alone.url}${path}`, seconds))
        rates.web.push(await measureRequestRate(`${first.url}${path}`, seconds))
      }
      const best = { alone: Math.max(...rates.alone), web: Math.max(...rates.web) }
      note(`${page}: kept, alone`, best.alone, 'req/s')
      note(`${page}: kept, of a fleet / alone`, best.web / best.alone, '')
    }
    return found
  } finally {
    await stop()
  }
}

/** Seconds since the start of a machine with an empty data folder. */
async function measureJoining(node: FleetNode, { slugs: [newest = ''] }: Corpus) {
  const startedAt = performance.now()
  const since = () => (performance.now() - startedAt) / 1000
  node.start()
  await waitForText(`${node.url}/livez`, '', longestWait)
  const live = since()
  await waitForText(`${node.url}${homePath('en')}`, articlePath('en', newest), longestWait)
  const newestAfter = since()
  await node.waitUntilReady(900_000)
  return { live, newest: newestAfter, whole: since() }
}

/** From a file that is renamed into place to the last machine that serves it, p95 in ms. */
async function measureSaved({ contentDir, paths }: Corpus, nodes: FleetNode[]): Promise<number> {
  const folder = join(contentDir, dirname(paths[0] ?? ''))
  const files: string[] = []
  const taken: number[] = []
  try {
    for (let i = 0; i < savedArticles; i += 1) {
      const slug = `saved-live-${i}-${Date.now()}`
      const file = join(folder, `${slug}.md`)
      files.push(file)
      await writeFile(`${file}.tmp`, textOfLiveArticle(slug))
      await rename(`${file}.tmp`, file)
      const startedAt = performance.now()
      await Promise.all(
        nodes.map(({ url }) => waitForText(`${url}/api/articles/${slug}`, slug, longestWait)),
      )
      taken.push(performance.now() - startedAt)
    }
  } finally {
    for (const file of files) await rm(file, { force: true })
  }
  return percentile(taken, 0.95)
}
