import { AsyncLocalStorage } from 'node:async_hooks'
import { join, resolve } from 'node:path'
import next from 'next'
import type { SearchResults } from '#lib/article-index/article-index.ts'
import { recordIndex } from '#lib/article-index/recorded-index.ts'
import { provideServingIndex } from '#lib/article-index/serving-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { openBodyCompiler } from '#lib/markdown/body-compiler.ts'
import { openBodyStore } from '#lib/markdown/body-store.ts'
import { provideBodyCompiler } from '#lib/markdown/compiled-body.ts'
import { collectPlacedHtml } from '#lib/markdown/placed-html.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import { lowerPriority, niceness } from '#lib/node/priority.ts'
import { readBrowserBuild } from '#lib/site/build/browser-build.ts'
import { provideBrowserModules } from '#lib/site/build/browser-modules.ts'
import { siteEnv } from '#lib/site/env.ts'
import { openPreviewLink, openPreviewText } from '../preview/open-preview.ts'
import { inlineStyles, readPageStyles } from './page-styles.ts'
import type {
  PreviewOutcome,
  RenderAnswer,
  Rendering,
  RenderProcessMessage,
  RenderProcessRequest,
  RenderRequest,
  RenderTask,
} from './render-messages.ts'
import { renderWithNext } from './render-with-next.ts'
import { stripFramework } from './strip-framework.ts'

/**
 * Runs in a process of its own: Next and an index of its own, which it only reads. What takes long to
 * render holds up nobody who is served from the page cache, and the process can be ended.
 */
const siteDir = resolve(import.meta.dirname, '../..')
const env = siteEnv()
lowerPriority(niceness.rendering)
const send = (message: RenderProcessMessage) => void (process.connected && process.send?.(message))

process.once('disconnect', () => process.exit())
// A terminal's Ctrl-C reaches every process; the one that serves says when to stop.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})

const toLog =
  (level: keyof Log): Log[keyof Log] =>
  (message, facts = {}) =>
    send({ kind: 'log', level, message, facts })
const log: Log = {
  debug: toLog('debug'),
  info: toLog('info'),
  warn: toLog('warn'),
  error: toLog('error'),
}

const searches = new Map<number, PromiseWithResolvers<SearchResults>>()
let lastSearch = 0

const index = openArticleIndex({
  dataDir: env.dataDir,
  readOnly: true,
  onDamage: (reason) => send({ kind: 'damage', reason }),
})
const recorded = recordIndex(index)
provideServingIndex({
  pages: recorded.index,
  search(query) {
    lastSearch += 1
    const asked = Promise.withResolvers<SearchResults>()
    searches.set(lastSearch, asked)
    send({ kind: 'search', number: lastSearch, query })
    return asked.promise
  },
})
const compiler = openBodyCompiler({
  store: openBodyStore({ dataDir: env.dataDir, log, now: () => new Date() }),
  log,
})
const waits = createWaits((number, isWaiting) => send({ kind: 'waiting', number, isWaiting }))
provideBodyCompiler((request) => waits.whileWaiting(() => compiler.compile(request)))
const withPlacedHtml = collectPlacedHtml()
const buildDir = join(siteDir, '.next')
provideBrowserModules(await readBrowserBuild(buildDir))
const styles = readPageStyles(buildDir)
// Lets next.config.ts tell this server from `next start`, which it refuses.
process.env.DATELINE_SERVER = '1'
const app = next({ dev: false, dir: siteDir, quiet: true })
await app.prepare()
const handle = app.getRequestHandler()

process.on('message', (request: RenderProcessRequest) => {
  if (request.kind === 'stop') {
    index.close()
    process.exit()
  }
  if (request.kind === 'suppress') return index.suppress(request.suppressed)
  if (request.kind === 'search-results') return settleSearch(request)
  const { number, task } = request
  waits
    .run(number, () => work(task))
    .then(
      (answer) => send({ kind: 'answer', number, answer }),
      (error) => send({ kind: 'failure', number, reason: reasonOf(error) }),
    )
})
send({ kind: 'ready' })

function settleSearch({
  number,
  results,
  failure,
}: RenderProcessRequest & { kind: 'search-results' }): void {
  const asked = searches.get(number)
  searches.delete(number)
  if (results) asked?.resolve(results)
  else asked?.reject(new Error(failure))
}

/**
 * Says when a task begins to wait for the threads that compile bodies, and when it no longer does: the
 * process that serves gives others its turn meanwhile. A feed waits for many bodies at once.
 */
function createWaits(say: (task: number, isWaiting: boolean) => void) {
  const current = new AsyncLocalStorage<{ task: number; waits: number }>()
  function change(by: 1 | -1): void {
    const at = current.getStore()
    if (!at) return
    const before = at.waits
    at.waits += by
    if (before === 0 || at.waits === 0) say(at.task, at.waits > 0)
  }
  return {
    run: <Result>(task: number, work: () => Promise<Result>) =>
      current.run({ task, waits: 0 }, work),
    async whileWaiting<Result>(work: () => Promise<Result>): Promise<Result> {
      change(1)
      try {
        return await work()
      } finally {
        change(-1)
      }
    },
  }
}

async function work(task: RenderTask): Promise<RenderAnswer[keyof RenderAnswer]> {
  if (task.kind === 'render') return await render(task.request)
  return task.kind === 'preview' ? await preview(task.of) : undefined
}

async function render(request: RenderRequest): Promise<Rendering> {
  const rendered = () => renderWithNext(handle, request)
  // The framework's runtime compares a page with what it would render itself.
  if (env.frameworkRuntime === 'keep') {
    const { result, answers } = await recorded.record(rendered)
    return { ...result, answers }
  }
  const { result, answers } = await recorded.record(() => withPlacedHtml(rendered))
  const { result: page, fill } = result
  if (!page.contentType.startsWith('text/html')) return { ...page, answers }
  const html = inlineStyles(stripFramework(page.body.toString()), styles)
  return { ...page, body: Buffer.from(fill(html)), answers }
}

async function preview(of: (RenderTask & { kind: 'preview' })['of']): Promise<PreviewOutcome> {
  const now = new Date()
  const opened =
    'bytes' in of
      ? await openPreviewText(of, { now })
      : await openPreviewLink(of, { contentDir: env.contentDir, now })
  if (!opened) return { kind: 'missing' }
  if (opened.kind !== 'page') return opened
  try {
    return { kind: 'page', rendering: await render({ path: opened.path }) }
  } finally {
    opened.close()
  }
}
