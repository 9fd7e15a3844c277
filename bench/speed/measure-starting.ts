import { setTimeout as wait } from 'node:timers/promises'
import { articlePath, homePath } from '#lib/site/routes.ts'
import type { Corpus } from './corpus.ts'
import type { Measurement } from './measurement.ts'
import { waitUntilReady } from './read-health.ts'
import { get, type ServerProcess, startServer } from './site-process.ts'

/** What a server does besides serving when it has just started, such as a check for damage, is over. */
const settleMilliseconds = 25_000

type Options = { port: number; dataDir: string }

/** A first start on an empty data folder, a second one with nothing changed, and memory after each. */
export async function measureStarting(corpus: Corpus, options: Options): Promise<Measurement[]> {
  return [
    ...(await measureStart('no index', corpus, options)),
    ...(await measureStart('nothing changed', corpus, options)),
  ]
}

async function measureStart(
  name: string,
  { contentDir, slugs }: Corpus,
  { port, dataDir }: Options,
): Promise<Measurement[]> {
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1000
  const site = await startServer('server/main.ts', {
    port,
    path: '/health',
    env: { CONTENT_DIR: contentDir, DATA_DIR: dataDir, SITE_URL: '' },
  })
  try {
    while (!(await showsNewest(site, slugs))) await wait(100)
    const newestAfter = seconds()
    await waitUntilReady(site)
    const allAfter = seconds()
    await wait(settleMilliseconds)
    const memory = site.residentMegabytes()
    const found = [
      { name: `${name}: newest served after`, value: newestAfter, unit: 's' },
      { name: `${name}: all served after`, value: allAfter, unit: 's' },
    ]
    if (memory) found.push({ name: `${name}: memory at rest`, value: memory, unit: 'MB' })
    return found.map((measured) => ({ section: 'start', ...measured }))
  } finally {
    await site.stop()
  }
}

async function showsNewest(site: ServerProcess, [newest = '']: string[]): Promise<boolean> {
  const { body } = await get(`${site.url}${homePath('en')}`)
  return body.includes(articlePath('en', newest))
}
