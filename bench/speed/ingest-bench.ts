import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseIngestConfig } from '#lib/ingest/settings/ingest-config.ts'
import { measureSameEvent } from '../evals/dedupe/measure-same-event.ts'
import { measureFactGuard } from '../evals/fact-check/measure-fact-check.ts'
import { rssWith } from '../evals/test-servers/feed-documents.ts'
import { type Answer, send, serve } from '../evals/test-servers/serve.ts'
import { makeUpStories } from '../faults/ingest/made-up-stories.ts'
import { type IngestRun, runIngestProcess } from '../faults/ingest/run-ingest-process.ts'
import { writeCorpus } from './corpus.ts'

const sections = ['judgement', 'nothing-new', 'known']

/**
 * `npm run ingest:bench`: how well events and facts are judged on the labelled sets, and how long a
 * pass takes in which nothing is new, and one in which a thousand stories are known among many
 * articles. Times are of the whole process, from start to end. `--content` takes a corpus that is
 * there instead of writing one.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: sections.join(',') },
    articles: { type: 'string', default: '100000' },
    feeds: { type: 'string', default: '100' },
    content: { type: 'string' },
  },
})
const wanted = values.only.split(',')
const folder = await mkdtemp(join(tmpdir(), 'dateline-ingest-bench-'))
try {
  if (wanted.includes('judgement')) tellJudgement()
  if (wanted.includes('nothing-new')) await measureNothingNew(Number(values.feeds))
  if (wanted.includes('known')) await measureKnown(Number(values.articles))
} finally {
  await rm(folder, { recursive: true, force: true })
}

function tellJudgement(): void {
  const percent = (part: number) => `${(part * 100).toFixed(0)} %`.padStart(5)
  const { threshold } = parseIngestConfig({ sources: [] }).sameEvent
  console.log(`\nThe same event (threshold ${threshold})`)
  for (const { name, pairCount, precision, recall, mistakes } of measureSameEvent(threshold)) {
    const figures = `precision ${percent(precision)}  recall ${percent(recall)}`
    console.log(`  ${name.padEnd(24)} ${String(pairCount).padStart(3)} pairs  ${figures}`)
    if (name !== 'all') for (const mistake of mistakes) console.log(`      ${mistake}`)
  }
  console.log('\nThe fact guard')
  for (const one of measureFactGuard()) {
    const { name, textCount, inventedCount, precision, recall, mistakes } = one
    const figures = `precision ${percent(precision)}  recall ${percent(recall)}`
    const texts = `${one.textsWronglyStopped} honest texts stopped, ${one.textsWronglyPassed} others passed`
    console.log(
      `  ${name.padEnd(24)} ${textCount} texts, ${inventedCount} invented  ${figures}  ${texts}`,
    )
    if (name !== 'all') for (const mistake of mistakes) console.log(`      ${mistake}`)
  }
}

/** A hundred feeds of fifty stories, each on a host of its own as far as one machine has such. */
async function measureNothingNew(feedCount: number): Promise<void> {
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
      'nothing-new',
      servers.map(({ url }, number) => ({ key: `feed${number}`, url: `${url}/feed.xml` })),
    ),
    contentDir: join(folder, 'content'),
    dataDir: join(folder, 'data'),
  }
  console.log(`\nNothing new: ${feedCount} feeds of 50 stories`)
  tell('the first pass tells them all', await runIngestProcess(files))
  tell('every feed says 304', await runIngestProcess(files))
  variant = (document) => send(document)
  tell('every feed is sent again', await runIngestProcess(files))
  let number = 0
  variant = (document) => {
    number += 1
    return send(document.replace('<item>', `<lastBuildDate>${number}</lastBuildDate><item>`))
  }
  tell('every feed is another document', await runIngestProcess(files))
  await Promise.all(servers.map((server) => server.close()))
}

function conditional(document: string): Answer {
  return (request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else send(document, { etag: '"1"' })(request, response)
  }
}

/** Stories that articles of the corpus were written from, under their sources and ids. */
async function measureKnown(articleCount: number): Promise<void> {
  const contentDir = join(folder, 'corpus')
  if (values.content === undefined) await writeCorpus(contentDir, articleCount)
  else await symlink(resolve(values.content), contentDir)
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
    config: await writeConfig('known', sources),
    contentDir,
    dataDir: join(folder, 'known-data'),
  }
  console.log(`\n1,000 stories known among ${values.content ?? `${articleCount} articles`}`)
  tell('the ledger is made from the content', await runIngestProcess(files, { limit: 0 }))
  isFirst = false
  tell('1,000 known stories come for the first time', await runIngestProcess(files, { limit: 0 }))
  await server.close()
}

async function listKnown(contentDir: string, count: number) {
  const { listArticleFiles } = await import('#lib/content/read-content-folder.ts')
  const { frontMatterOf } = await import('#lib/content/front-matter-of.ts')
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

async function writeConfig(name: string, sources: { key: string; url: string }[]): Promise<string> {
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

function tell(
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
