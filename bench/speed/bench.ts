import '#lib/site/load-site.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenStale } from '#tooling/build.ts'
import { writeCorpus } from './corpus.ts'
import { measureCrowd } from './measure-crowd.ts'
import { measureHostileFiles } from './measure-hostile-files.ts'
import { measureIndex } from './measure-index.ts'
import { measureLighthouse } from './measure-lighthouse.ts'
import { measurePublishing } from './measure-publishing.ts'
import { measureSearch } from './measure-search.ts'
import { measureRendering, measureServing } from './measure-serving.ts'
import { measureSitemap, millisecondsApartInPart } from './measure-sitemap.ts'
import { measureStarting } from './measure-starting.ts'
import { measureWeight } from './measure-weight.ts'
import { formatMeasurements, type Measurement } from './measurement.ts'
import { waitUntilReady } from './read-health.ts'
import { startServer } from './site-process.ts'

const ofRunningSite = ['render', 'serve', 'publish', 'crowd', 'weight', 'lighthouse']
const sections = ['index', 'hostile', 'start', 'search', 'sitemap', ...ofRunningSite]
const usage = `npm run bench -- [--articles 10000] [--only ${sections.join(',')}] [--seconds 5] [--runs 3] [--port 3290] [--json]`

/**
 * `npm run bench`: figures of this machine, now, on generated articles in a temporary folder.
 * Compare runs of one machine only; `serve` is therefore told beside a bare server as well.
 */
const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    only: { type: 'string', default: 'index,render,serve,weight' },
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    port: { type: 'string', default: '3290' },
    json: { type: 'boolean', default: false },
  },
})
const [articleCount, seconds, runs, port] = [
  values.articles,
  values.seconds,
  values.runs,
  values.port,
].map(Number)
const wanted = values.only.split(',')
if (
  !articleCount ||
  !seconds ||
  !runs ||
  !port ||
  wanted.some((name) => !sections.includes(name))
) {
  console.error(usage)
  process.exit(2)
}

const wants = (...names: string[]) => names.some((name) => wanted.includes(name))
const tell = (line: string) => values.json || console.log(line)
const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'))
const measurements: Measurement[] = []
try {
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
  if (wants('start', ...ofRunningSite)) {
    const status = await buildWhenStale()
    if (status !== 0) process.exit(status)
  }
  if (wants('start')) {
    tell('Starting the site without an index, and again …')
    measurements.push(...(await measureStarting(corpus, { port, dataDir })))
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
    if (status !== 0) process.exit(status)
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
console.log(
  values.json
    ? JSON.stringify({ articleCount, measurements }, undefined, 2)
    : formatMeasurements(measurements),
)
