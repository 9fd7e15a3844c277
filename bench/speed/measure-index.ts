import { readFileSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import matter from 'gray-matter'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { syncArticles, syncPaths } from '#lib/content-sync/sync.ts'
import { articlesPerPage } from '#lib/site/routes.ts'
import type { Corpus } from './corpus.ts'
import { type Measurement, medianMilliseconds, milliseconds } from './measurement.ts'

/**
 * Times of syncing and of the queries that pages ask on an index of its own. What a first sync takes is
 * compared with reading the same files and their front matter with `gray-matter`, in one thread.
 */
export async function measureIndex(corpus: Corpus, dataDir: string): Promise<Measurement[]> {
  await mkdir(dataDir, { recursive: true })
  const { contentDir, slugs, paths } = corpus
  const index = openArticleIndex({ dataDir })
  const sync = () => syncArticles(index, { contentDir })
  const found: Measurement[] = []
  const note = (name: string, value: number, unit = 'ms') =>
    found.push({ section: 'index', name, value, unit })
  try {
    const ratios = await compare(() => {
      for (const path of paths) matter(readFileSync(join(contentDir, path), 'utf8'), {})
    }, sync)
    for (const [name, value, unit] of ratios) note(name, value, unit)
    note('sync with nothing changed', await milliseconds(sync))
    const changed = paths[Math.floor(paths.length / 2)] ?? ''
    await appendFile(join(contentDir, changed), '\nOne more sentence.\n')
    note('sync with one file changed', await milliseconds(sync))
    await appendFile(join(contentDir, changed), '\nAnd another.\n')
    const named = () => syncPaths(index, { contentDir, paths: [changed] })
    note('sync of one named file', await milliseconds(named))

    const slugOf = (run: number) => slugs[(run * 7919) % slugs.length] ?? ''
    note(
      'article by slug',
      await medianMilliseconds(500, (run) => index.findArticle('en', slugOf(run))),
    )
    const topics = index.listCategories('en')
    const list = (run: number, wanted: 'first' | 'last') => {
      const topic = topics[run % topics.length]
      if (!topic) throw new Error('The corpus has no category')
      const last = Math.ceil(topic.articleCount / articlesPerPage)
      return index.listArticles({
        locale: 'en',
        scope: { kind: 'category', segment: topic.segment },
        page: wanted === 'first' ? 1 : Math.min(500, last),
        pageSize: articlesPerPage,
      })
    }
    note('category, page 1', await medianMilliseconds(200, (run) => list(run, 'first')))
    note('category, page 500 or last', await medianMilliseconds(200, (run) => list(run, 'last')))
    const search = { locale: 'en', text: corpus.searchText, page: 1, pageSize: 20 } as const
    note('search, three words', await medianMilliseconds(50, () => index.search(search)))
    note(
      'related articles',
      await medianMilliseconds(200, (run) => {
        const article = index.findArticle('en', slugOf(run))
        return article && index.listRelated(article, 4)
      }),
    )
    const [category, tag] = [index.listCategories('en')[0], index.listTags('en')[0]]
    const filter = { category: category?.segment, tag: tag?.segment, sentiment: 'negative' }
    const matching = { locale: 'en', scope: { kind: 'latest' }, filter, limit: 50 } as const
    note(
      'feed of three conditions',
      await medianMilliseconds(50, () => index.listFullMatches(matching)),
    )
    note('resident memory', process.memoryUsage.rss() / 1024 / 1024, 'MB')
  } finally {
    index.close()
  }
  return found
}

/** Processor time is that of all threads; on two idle processors the ratio of the clock is half of its ratio. */
async function compare(
  readAlone: () => unknown,
  sync: () => unknown,
): Promise<[name: string, value: number, unit: string][]> {
  const measure = async (work: () => unknown) => {
    const before = process.cpuUsage()
    const ms = await milliseconds(work)
    const { user, system } = process.cpuUsage(before)
    return { ms, cpuMs: (user + system) / 1000 }
  }
  const [alone, all] = [await measure(readAlone), await measure(sync)]
  return [
    ['reading and gray-matter', alone.ms, 'ms'],
    ['reading and gray-matter, processor time', alone.cpuMs, 'ms'],
    ['first sync', all.ms, 'ms'],
    ['first sync, processor time', all.cpuMs, 'ms'],
    ['first sync / reading and gray-matter', all.ms / alone.ms, 'times'],
    ['… in processor time', all.cpuMs / alone.cpuMs, 'times'],
  ]
}
