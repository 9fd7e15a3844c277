import { z } from 'zod'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import type { CoindeskSourceConfig } from '../settings/ingest-config.ts'
import { type CoindeskArticle, coindeskArticleSchema, toCoindeskStory } from './coindesk-article.ts'
import type { Refusal, SourceAnswer, SourceTools } from './source-answer.ts'

const pageSize = 100
/** Corrections and withdrawals of the last two days are noticed. */
const lookBackSeconds = 2 * 86_400

const envelopeSchema = z.object({
  Data: z.array(z.unknown()).nullish(),
  Err: z.object({ message: z.string().optional(), type: z.unknown() }).partial().nullish(),
})

/** Times of publication in Unix seconds. A gap is what a pass had no pages left for. */
const memorySchema = z.object({
  newest: z.number(),
  gaps: z.array(z.object({ from: z.number(), to: z.number() })),
})

type Memory = z.output<typeof memorySchema>
type Page = { articles: CoindeskArticle[]; refusals: Refusal[]; isLast: boolean }

/**
 * Reads the news list (`GET /news/v1/article/list`) from the newest story back to what the last pass
 * saw, and then what earlier passes had to leave. Throws `FetchFailure`; an error in the body counts
 * as one, whatever the status says. https://developers.coindesk.com/documentation/data-api/news_v1_article_list
 */
export async function readCoindesk(
  config: CoindeskSourceConfig,
  { fetchDocument, memory: written, coindeskKey }: SourceTools,
): Promise<SourceAnswer> {
  const memory = parseMemory(written)
  const found = new Map<string, CoindeskArticle>()
  const refusals: Refusal[] = []
  let pagesLeft = config.maxPages

  /** Pages back from `to` to `from`. `before` is where it ended; short of `from` or not. */
  async function readBack(
    from: number,
    to: number | undefined,
  ): Promise<{ before: number | undefined; isWhole: boolean }> {
    let before = to
    while (pagesLeft > 0) {
      pagesLeft -= 1
      const page = await readPage(before)
      refusals.push(...page.refusals)
      const isNews = page.articles.some(({ ID }) => !found.has(ID))
      for (const article of page.articles) found.set(article.ID, article)
      const oldest = Math.min(...page.articles.map((article) => article.PUBLISHED_ON))
      if (page.isLast) return { before: 0, isWhole: true }
      // A second may hold more stories than the page had room for: it is asked for once more.
      before = isNews && oldest !== before ? oldest : oldest - 1
      if (oldest < from) return { before, isWhole: true }
    }
    return { before, isWhole: false }
  }

  async function readPage(before: number | undefined): Promise<Page> {
    const fetched = await fetchDocument(toAddress(config, before), {
      allowPrivate: config.allowPrivate,
      headers: coindeskKey === undefined ? {} : { authorization: `Apikey ${coindeskKey}` },
    })
    if (!fetched) throw new FetchFailure('answered 304 to a request that was not conditional', {})
    return parsePage(fetched.bytes)
  }

  const seen = memory?.newest ?? 0
  const latest = await readBack(seen, undefined)
  const gaps: Memory['gaps'] = []
  if (!latest.isWhole && memory) gaps.push({ from: seen, to: latest.before ?? seen })
  for (const gap of memory?.gaps ?? []) {
    const rest = await readBack(gap.from, gap.to)
    if (!rest.isWhole) gaps.push({ from: gap.from, to: rest.before ?? gap.to })
  }
  // With the pages that are left: what may have been corrected or withdrawn since.
  if (latest.isWhole && memory && latest.before !== 0) {
    await readBack(seen - lookBackSeconds, latest.before)
  }
  const articles = [...found.values()]
  const newest = Math.max(memory?.newest ?? 0, ...articles.map((one) => one.PUBLISHED_ON))
  return {
    stories: articles.map((article) => toCoindeskStory(article, config.key)),
    refusals,
    notes: gaps.length > 0 ? ['has more than a pass may read; the rest follows'] : [],
    memory: JSON.stringify({ newest, gaps } satisfies Memory),
  }
}

function parseMemory(text: string | undefined): Memory | undefined {
  try {
    return memorySchema.safeParse(JSON.parse(text ?? '')).data
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

function parsePage(bytes: Buffer): Page {
  const { Data: written, Err: error } = parseEnvelope(bytes)
  const message = error?.message?.trim()
  if (message) {
    const isPassing = /limit|too many|try again/i.test(message)
    throw new FetchFailure(`answered with an error: ${message.slice(0, 300)}`, { isPassing })
  }
  if (!written || (error && Object.keys(error).length > 0)) {
    throw new FetchFailure('answered without stories and without saying why', {})
  }
  const articles: CoindeskArticle[] = []
  const refusals: Refusal[] = []
  for (const one of written) {
    const result = coindeskArticleSchema.safeParse(one)
    const fault = result.success ? findFault(result.data) : 'is not as the API describes an article'
    if (result.success && fault === undefined) articles.push(result.data)
    else refusals.push({ what: nameOf(one), why: fault ?? '' })
  }
  return { articles, refusals, isLast: written.length < pageSize || articles.length === 0 }
}

function findFault({ STATUS, TITLE, BODY, SUBTITLE }: CoindeskArticle): string | undefined {
  const isEmpty = !TITLE && !BODY && !SUBTITLE
  return STATUS !== 'DELETED' && isEmpty ? 'has neither a title nor a text' : undefined
}

function parseEnvelope(bytes: Buffer): z.output<typeof envelopeSchema> {
  try {
    return envelopeSchema.parse(JSON.parse(bytes.toString('utf8')))
  } catch (cause) {
    throw new FetchFailure('answered with something that is not its JSON', {
      isPassing: true,
      cause,
    })
  }
}

function nameOf(written: unknown): string {
  const id =
    typeof written === 'object' && written !== null ? Reflect.get(written, 'ID') : undefined
  return typeof id === 'number' || typeof id === 'string' ? String(id) : 'an article'
}
