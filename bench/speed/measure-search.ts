import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { SearchQuery } from '#lib/article-index/article-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { syncArticles } from '#lib/content-sync/sync.ts'
import { type Corpus, commonWords, rareWord } from './corpus.ts'
import { type Measurement, median, percentile } from './measurement.ts'

const searchCount = 300

/** Such as few of the articles meet. */
const conditions = {
  filter: { category: 'defi', sentiment: 'negative' },
  from: '2025-01-01T00:00:00.000Z',
}

/**
 * Searches of three words, from very common ones to rare ones, one after the other as the serving
 * thread asks them, and for how long they hold up that thread.
 */
export async function measureSearch(corpus: Corpus, dataDir: string): Promise<Measurement[]> {
  const writable = openArticleIndex({ dataDir })
  await syncArticles(writable, { contentDir: corpus.contentDir })
  writable.close()
  const index = openArticleIndex({ dataDir, readOnly: true, searchInWorker: true })
  const search = (query: Partial<SearchQuery>) =>
    index.search({ locale: 'en', text: '', page: 1, pageSize: 20, ...query })
  const time = async (toQuery: (run: number) => Partial<SearchQuery>) => {
    const taken: number[] = []
    for (let run = 0; run < searchCount; run += 1) {
      const startedAt = performance.now()
      await search(toQuery(run))
      taken.push(performance.now() - startedAt)
    }
    return taken
  }
  try {
    await search({ text: corpus.searchText })
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const plain = await time((run) => ({ text: threeWords(run) }))
    const narrowed = await time((run) => ({ text: threeWords(run), ...conditions }))
    const misspelt = await time((run) => ({ text: `${rareWord((run * 37) % 2000)}q` }))
    delay.disable()
    const note = (name: string, value: number) => ({ section: 'search', name, value, unit: 'ms' })
    const notes = (name: string, taken: number[]) => [
      note(`${name}, median of ${searchCount}`, median(taken)),
      note(`${name}, p95`, percentile(taken, 0.95)),
      note(`${name}, slowest`, Math.max(...taken)),
    ]
    return [
      ...notes('three words', plain),
      ...notes('three words under conditions', narrowed),
      ...notes('a misspelt word', misspelt),
      note('longest hold-up of the asking thread', delay.max / 1e6),
    ]
  } finally {
    index.close()
  }
}

/** A third of the searches has none, one and two of the words that nearly every article holds. */
function threeWords(run: number): string {
  const common = (at: number) => commonWords[(run * 7 + at * 11) % commonWords.length] ?? ''
  const rare = (at: number) => rareWord((run * 37 + at * 101) % 2000)
  return [0, 1, 2].map((at) => (at < run % 3 ? common(at) : rare(at))).join(' ')
}
