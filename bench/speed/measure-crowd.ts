import { articlePath } from '#lib/site/routes.ts'
import type { Corpus } from './corpus.ts'
import type { Measurement } from './measurement.ts'
import { readHealth } from './read-health.ts'
import { get, type ServerProcess } from './site-process.ts'

const pageCount = 10_000
const readers = 16

/** Many readers, each with another page: what that leaves in memory and on disk. */
export async function measureCrowd(site: ServerProcess, { slugs }: Corpus): Promise<Measurement[]> {
  const asked = slugs.slice(0, pageCount)
  const startedAt = performance.now()
  let next = 0
  const read = async () => {
    for (let slug = asked[next++]; slug !== undefined; slug = asked[next++]) {
      const { status } = await get(`${site.url}${articlePath('en', slug)}`, 'gzip')
      if (status !== 200) throw new Error(`${slug} was answered with ${status}`)
    }
  }
  await Promise.all(Array.from({ length: readers }, read))
  const seconds = (performance.now() - startedAt) / 1000
  const { pageCache } = await readHealth(site)
  const memory = site.residentMegabytes()
  const found = [
    {
      name: `${asked.length} different articles, first requests`,
      value: asked.length / seconds,
      unit: 'req/s',
    },
    { name: 'kept in memory', value: pageCache.memoryBytes / 1024 / 1024, unit: 'MB' },
    { name: 'kept on disk', value: pageCache.diskBytes / 1024 / 1024, unit: 'MB' },
  ]
  if (memory) found.push({ name: 'memory of the site afterwards', value: memory, unit: 'MB' })
  return found.map((measured) => ({ section: 'crowd', ...measured }))
}
