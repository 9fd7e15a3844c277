import '#lib/site/load-site.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Report, requireSections } from '#cli/command.ts'
import { buildWhenStale } from '#tooling/build.ts'
import { measureLostText } from '../evals/lost-text.ts'
import { writeCorpus } from './corpus.ts'
import { measureCrowd } from './measure-crowd.ts'
import { measureFleet } from './measure-fleet.ts'
import { measureHostileFiles } from './measure-hostile-files.ts'
import { measureIndex } from './measure-index.ts'
import { measureLighthouse } from './measure-lighthouse.ts'
import { measureProxy, requireProxyPrograms } from './measure-proxy.ts'
import { measurePublishing } from './measure-publishing.ts'
import { measureSearch } from './measure-search.ts'
import { measureRendering, measureServing } from './measure-serving.ts'
import { measureSitemap, millisecondsApartInPart } from './measure-sitemap.ts'
import { measureStarting } from './measure-starting.ts'
import { measureWeight } from './measure-weight.ts'
import { formatMeasurements, type Measurement } from './measurement.ts'
import { waitUntilReady } from './read-health.ts'
import { startServer } from './site-process.ts'

const ofRunningSite = ['render', 'serve', 'publish', 'crowd', 'weight', 'proxy', 'lighthouse']
export const benchSections = [
  'bodies',
  'index',
  'hostile',
  'start',
  'search',
  'sitemap',
  'fleet',
  ...ofRunningSite,
]
export type BenchOptions = {
  articles: number
  /** Some of `benchSections`. */
  only: string[]
  /** Where `bodies` finds Markdown that others have written. */
  markdown: string
  runs: number
  /** How long each load lasts. */
  seconds: number
  port: number
}

/**
 * `dateline bench`: figures of this machine, now, on generated articles in a temporary folder.
 * Compare runs of one machine only; `serve` therefore measures a bare server as well.
 */
export async function bench({
  articles: articleCount,
  only: wanted,
  markdown,
  runs,
  seconds,
  port,
}: BenchOptions): Promise<Report> {
  requireSections(wanted, benchSections)
  const wants = (...names: string[]) => names.some((name) => wanted.includes(name))
  const tell = (line: string) => console.error(line)
  if (wants('proxy')) requireProxyPrograms()
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'))
  const measurements: Measurement[] = []
  try {
    if (wants('bodies')) {
      tell(`Rendering the Markdown of ${markdown} …`)
      measurements.push(...measureLostText(markdown, tell))
    }
    if (wanted.every((name) => name === 'bodies')) return toReport(articleCount, measurements)
    tell(`Writing ${articleCount} articles …`)
    const corpus = await writeCorpus(
      join(folder, 'content'),
      articleCount,
      wants('lighthouse') ? 'local' : 'photos',
    )
    const dataDir = join(folder, 'data')
    if (wants('index')) {
      tell('Measuring the index …')
      measurements.push(...(await measureIndex(corpus, join(folder, 'index-data'))))
    }
    if (wants('hostile')) {
      tell('Saving hostile files …')
      measurements.push(...(await measureHostileFiles(folder)))
    }
    if (wants('start', 'fleet', ...ofRunningSite)) {
      const status = await buildWhenStale()
      if (status !== 0) throw new Error('The site could not be built.')
    }
    if (wants('start')) {
      tell('Starting the site without an index, and again …')
      measurements.push(...(await measureStarting(corpus, { port, dataDir })))
    }
    if (wants('fleet')) {
      tell('Starting a fleet …')
      measurements.push(...(await measureFleet(corpus, { folder, port, seconds })))
    }
    if (wants(...ofRunningSite)) {
      tell('Starting the site …')
      const site = await startServer('server/main.ts', {
        port,
        path: '/health',
        env: { CONTENT_DIR: corpus.contentDir, DATA_DIR: dataDir, SITE_URL: '' },
      })
      try {
        await waitUntilReady(site)
        if (wants('render')) measurements.push(...(await measureRendering(site, corpus)))
        if (wants('serve')) {
          const options = { folder, port: port + 1, seconds }
          measurements.push(...(await measureServing(site, corpus, options)))
        }
        if (wants('publish')) measurements.push(...(await measurePublishing(site, corpus)))
        if (wants('crowd')) measurements.push(...(await measureCrowd(site, corpus)))
        if (wants('weight')) measurements.push(...(await measureWeight(site, corpus)))
        if (wants('proxy')) {
          measurements.push(...(await measureProxy(site, corpus, { folder, seconds, runs })))
        }
        if (wants('lighthouse')) {
          measurements.push(...(await measureLighthouse(site, corpus, runs)))
        }
      } finally {
        await site.stop()
      }
    }
    if (wants('search')) {
      tell('Searching …')
      measurements.push(...(await measureSearch(corpus, dataDir)))
    }
    if (wants('sitemap')) {
      tell('Writing the articles of one sitemap …')
      const contentDir = join(folder, 'sitemap-content')
      await writeCorpus(contentDir, 50_000, 'photos', millisecondsApartInPart)
      const status = await buildWhenStale()
      if (status !== 0) throw new Error('The site could not be built.')
      const env = { CONTENT_DIR: contentDir, DATA_DIR: join(folder, 'sitemap-data'), SITE_URL: '' }
      const site = await startServer('server/main.ts', { port, path: '/health', env })
      try {
        measurements.push(...(await measureSitemap(site)))
      } finally {
        await site.stop()
      }
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  return toReport(articleCount, measurements)
}

const toReport = (articleCount: number, measurements: Measurement[]): Report => ({
  text: formatMeasurements(measurements),
  json: { articleCount, measurements },
})
