import { z } from 'zod'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import type { CoindeskSourceConfig } from '../settings/ingest-config.ts'
import { type CoindeskPage, pageSize } from './parse-coindesk-page.ts'
import type { Rejection, SourceReader, SourceResult } from './source-result.ts'

/** Corrections and withdrawals of the last two days are noticed. */
const lookBackSeconds = 2 * 86_400

/** Times of publication in Unix seconds. A gap is what a pass had no pages left for. */
const checkpointSchema = z.object({
  newest: z.number(),
  gaps: z.array(z.object({ from: z.number(), to: z.number() })),
})

type Checkpoint = z.output<typeof checkpointSchema>

/**
 * Reads the news list (`GET /news/v1/article/list`) from the newest story back to what the last pass
 * saw, and then what earlier passes had to leave. Throws `FetchFailure`; an error in the body counts
 * as one, whatever the status says. https://developers.coindesk.com/documentation/data-api/news_v1_article_list
 */
export async function fetchCoindesk(
  config: CoindeskSourceConfig,
  { fetchDocument, workers, checkpoint: written, coindeskKey }: SourceReader,
): Promise<SourceResult> {
  const checkpoint = parseCheckpoint(written)
  const found = new Map<string, CoindeskPage['articles'][number]>()
  const rejections: Rejection[] = []
  let pagesLeft = config.maxPages
  let milliseconds = 0

  /** Pages back from `to` to `from`. `before` is where it ended; short of `from` or not. */
  async function readBack(
    from: number,
    to: number | undefined,
  ): Promise<{ before: number | undefined; isWhole: boolean }> {
    let before = to
    while (pagesLeft > 0) {
      pagesLeft -= 1
      const page = await readPage(before)
      rejections.push(...page.rejections)
      const isNews = page.articles.some(({ id }) => !found.has(id))
      for (const article of page.articles) found.set(article.id, article)
      const oldest = Math.min(...page.articles.map((article) => article.publishedOn))
      if (page.isLast) return { before: 0, isWhole: true }
      // A second may hold more stories than the page had room for: it is asked for once more.
      before = isNews && oldest !== before ? oldest : oldest - 1
      if (oldest < from) return { before, isWhole: true }
    }
    return { before, isWhole: false }
  }

  async function readPage(before: number | undefined): Promise<CoindeskPage> {
    const fetched = await fetchDocument(toAddress(config, before), {
      allowPrivate: config.allowPrivate,
      headers: coindeskKey === undefined ? {} : { authorization: `Apikey ${coindeskKey}` },
    })
    if (!fetched) throw new FetchFailure('answered 304 to a request that was not conditional', {})
    const page = await workers.document('parseCoindeskPage', fetched.bytes, config.key)
    milliseconds += page.milliseconds
    return page.value
  }

  const seen = checkpoint?.newest ?? 0
  const latest = await readBack(seen, undefined)
  const gaps: Checkpoint['gaps'] = []
  if (!latest.isWhole && checkpoint) gaps.push({ from: seen, to: latest.before ?? seen })
  for (const gap of checkpoint?.gaps ?? []) {
    const rest = await readBack(gap.from, gap.to)
    if (!rest.isWhole) gaps.push({ from: gap.from, to: rest.before ?? gap.to })
  }
  // With the pages that are left: what may have been corrected or withdrawn since.
  if (latest.isWhole && checkpoint && latest.before !== 0) {
    await readBack(seen - lookBackSeconds, latest.before)
  }
  const articles = [...found.values()]
  const newest = Math.max(checkpoint?.newest ?? 0, ...articles.map((one) => one.publishedOn))
  return {
    stories: articles.map(({ story }) => story),
    rejections,
    notes: gaps.length > 0 ? ['has more than a pass may read; the rest follows'] : [],
    checkpoint: JSON.stringify({ newest, gaps } satisfies Checkpoint),
    milliseconds,
  }
}

function parseCheckpoint(text: string | undefined): Checkpoint | undefined {
  try {
    return checkpointSchema.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

function toAddress(config: CoindeskSourceConfig, before: number | undefined): string {
  const url = new URL('/news/v1/article/list', config.url)
  url.searchParams.set('lang', config.language.toUpperCase())
  url.searchParams.set('limit', String(pageSize))
  const lists = {
    source_ids: config.sourceIds,
    categories: config.categories,
    exclude_categories: config.excludeCategories,
  }
  for (const [name, values] of Object.entries(lists)) {
    if (values.length > 0) url.searchParams.set(name, values.join(','))
  }
  if (before !== undefined) url.searchParams.set('to_ts', String(before))
  return url.href
}
