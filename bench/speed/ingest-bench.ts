import '#lib/site/load-site.ts'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { requireSections } from '#cli/command.ts'
import { parseIngestConfig } from '#lib/ingest/settings/ingest-config.ts'
import { measureSameEvent } from '../evals/dedupe/measure-same-event.ts'
import {
  measureFactCheck,
  measureWrittenCases,
  type Share,
} from '../evals/fact-check/measure-fact-check.ts'
import { rssWith } from '../evals/test-servers/feed-documents.ts'
import { type Answer, send, serve } from '../evals/test-servers/serve.ts'
import { makeUpStories } from '../faults/ingest/forgetful-feed.ts'
import { type IngestRun, runIngestProcess } from '../faults/ingest/run-ingest-process.ts'
import { writeCorpus } from './corpus.ts'

export const ingestBenchSections = ['judgement', 'fact-check', 'nothing-new', 'known']

export type IngestBenchOptions = {
  /** Some of `ingestBenchSections`. */
  only: string[]
  articles: number
  feeds: number
  /** A corpus that is there, instead of writing one. */
  content?: string
  /** Parallel texts for the fact check beside the sample edition: `<name>.en` and `<name>.uk`. */
  texts?: string
}

/**
 * `dateline ingest:bench`: how well events and facts are judged on the labelled sets, and how long a
 * pass takes in which nothing is new, and one in which a thousand stories are known among many
 * articles. Times are of the whole process, from start to end.
 */
export async function ingestBench({
  only,
  articles,
  feeds,
  content,
  texts,
}: IngestBenchOptions): Promise<void> {
  requireSections(only, ingestBenchSections)
  const folder = await mkdtemp(join(tmpdir(), 'dateline-ingest-bench-'))
  try {
    if (only.includes('judgement')) printJudgement()
    if (only.includes('fact-check')) printFactCheck(texts)
    if (only.includes('nothing-new')) await measureNothingNew(folder, feeds)
    if (only.includes('known')) await measureKnown(folder, { articleCount: articles, content })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function printJudgement(): void {
  const percent = (part: number) => `${(part * 100).toFixed(0)} %`.padStart(5)
  const { threshold } = parseIngestConfig({ sources: [] }).sameEvent
  console.log(`\nThe same event (threshold ${threshold})`)
  for (const { name, pairCount, precision, recall, mistakes } of measureSameEvent(threshold)) {
    const figures = `precision ${percent(precision)}  recall ${percent(recall)}`
    console.log(`  ${name.padEnd(24)} ${String(pairCount).padStart(3)} pairs  ${figures}`)
    if (name !== 'all') for (const mistake of mistakes) console.log(`      ${mistake}`)
  }
}

function printFactCheck(texts: string | undefined): void {
  const toText = ({ count, all }: Share) =>
    all === 0 ? 'none' : `${count} of ${all} (${((100 * count) / all).toFixed(1)} %)`
  for (const one of measureFactCheck(texts === undefined ? {} : { corpus: texts })) {
    console.log(`\n${one.name}, ${one.isHeldOut ? 'held out' : 'tuned on'}`)
    console.log(`  complaints of honest paragraphs  ${toText(one.paragraphs)}`)
    console.log(`  honest articles held             ${toText(one.articles)}`)
    console.log(`  milliseconds a sentence          ${one.millisecondsPerSentence.toFixed(2)}`)
    for (const [kind, share] of one.found) {
      const held = one.held.get(kind)
      const inArticles = held && held.all > 0 ? `; in whole articles ${toText(held)}` : ''
      console.log(`  found: ${kind.padEnd(26)}${toText(share)}${inArticles}`)
    }
  }
  const { stopped, found, mistakes } = measureWrittenCases()
  console.log('\nWritten cases of rewriting')
  console.log(`  honest texts stopped             ${toText(stopped)}`)
  console.log(`  invented facts found             ${toText(found)}`)
  for (const mistake of mistakes) console.log(`      ${mistake}`)
}

/** A hundred feeds of fifty stories, each on a host of its own as far as one machine has such. */
async function measureNothingNew(folder: string, feedCount: number): Promise<void> {
  const documents = Array.from({ length: feedCount }, (_, number) =>
    rssWith(makeUpStories(`feed${number}`, 50)),
  )
  let variant: (document: string) => Answer = conditional
  const servers = await Promise.all(
    documents.map((document) =>
      serve({ '/feed.xml': (request, response) => variant(document)(request, response) }),
    ),
  )
  const files = {
    config: await writeConfig(
      folder,
      'nothing-new',
      servers.map(({ url }, number) => ({ key: `feed${number}`, url: `${url}/feed.xml` })),
    ),
    contentDir: join(folder, 'content'),
    dataDir: join(folder, 'data'),
  }
  console.log(`\nNothing new: ${feedCount} feeds of 50 stories`)
  print('the first pass publishes them all', await runIngestProcess(files))
  print('every feed says 304', await runIngestProcess(files))
  variant = (document) => send(document)
  print('every feed is sent again', await runIngestProcess(files))
  let number = 0
  variant = (document) => {
    number += 1
    return send(document.replace('<item>', `<lastBuildDate>${number}</lastBuildDate><item>`))
  }
  print('every feed is another document', await runIngestProcess(files))
  await Promise.all(servers.map((server) => server.close()))
}

function conditional(document: string): Answer {
  return (request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else send(document, { etag: '"1"' })(request, response)
  }
}

/** Stories that articles of the corpus were written from, under their sources and ids. */
async function measureKnown(
  folder: string,
  { articleCount, content }: { articleCount: number; content: string | undefined },
): Promise<void> {
  const contentDir = join(folder, 'corpus')
  if (content === undefined) await writeCorpus(contentDir, articleCount)
  else await symlink(resolve(content), contentDir)
  const known = await listKnown(contentDir, 1000)
  const bySource = Map.groupBy(known, ({ key }) => key)
  let isFirst = true
  const server = await serve(
    Object.fromEntries(
      [...bySource].map(([key, stories]) => [
        `/${key}`,
        (request, response) =>
          send(rssWith(isFirst ? stories.slice(0, 1) : stories))(request, response),
      ]),
    ),
  )
  const sources = [...bySource.keys()].map((key) => ({ key, url: `${server.url}/${key}` }))
  const files = {
    config: await writeConfig(folder, 'known', sources),
    contentDir,
    dataDir: join(folder, 'known-data'),
  }
  console.log(`\n1,000 stories known among ${content ?? `${articleCount} articles`}`)
  print('the store is rebuilt from the content', await runIngestProcess(files, { limit: 0 }))
  isFirst = false
  print('1,000 known stories come for the first time', await runIngestProcess(files, { limit: 0 }))
  await server.close()
}

async function listKnown(contentDir: string, count: number) {
  const { listArticleFiles } = await import('#lib/content/read-content-folder.ts')
  const { frontMatterOf } = await import('#lib/content/read-markdown-file.ts')
  const { readFile } = await import('node:fs/promises')
  const paths: string[] = []
  for await (const { absolutePath } of listArticleFiles(contentDir)) paths.push(absolutePath)
  const step = Math.max(1, Math.floor(paths.length / count))
  const chosen = paths.filter((_, number) => number % step === 0).slice(0, count)
  const stories = await Promise.all(
    chosen.map(async (path) => {
      const { source, externalId, title } = frontMatterOf(await readFile(path)) ?? {}
      return source && externalId !== undefined && title !== undefined
        ? { key: source.key, id: externalId, title, text: `About ${title}.` }
        : undefined
    }),
  )
  return stories.filter((story) => story !== undefined)
}

async function writeConfig(
  folder: string,
  name: string,
  sources: { key: string; url: string }[],
): Promise<string> {
  const file = join(folder, `${name}.config.mjs`)
  const settings = {
    sources: sources.map((source) => ({
      kind: 'feed',
      name: source.key,
      allowPrivate: true,
      ...source,
    })),
    withoutModel: 'publish',
  }
  await writeFile(file, `export default ${JSON.stringify(settings)}\n`)
  return file
}

function print(
  what: string,
  { milliseconds, peakMegabytes, report, errors, code }: IngestRun,
): void {
  const sums = report?.sources.reduce(
    (sum, source) => ({
      fetched: sum.fetched + source.fetched,
      fresh: sum.fresh + source.new,
      known: sum.known + source.duplicate,
    }),
    { fetched: 0, fresh: 0, known: 0 },
  )
  const counts = sums ? `${sums.fetched} fetched, ${sums.fresh} new, ${sums.known} known` : errors
  const figures = `${(milliseconds / 1000).toFixed(2).padStart(7)} s ${peakMegabytes.toFixed(0).padStart(5)} MB`
  console.log(`  ${what.padEnd(46)} ${figures}  ${counts}${code === 0 ? '' : ` (exit ${code})`}`)
}
