import { replaceFailedCovers } from '#components/cover/failed-covers.browser.ts'
import { startSettingsPanel } from '#components/layout/settings/settings-panel.browser.ts'
import { markRead, rememberReading } from '#components/offline/read-marks.browser.ts'
import { startSaving } from '#components/offline/save-button.browser.ts'
import { showRelativeTimes } from '#components/text/relative-times.browser.ts'
import { startKeys } from './keys.browser.ts'

/**
 * The module that every page loads. It starts what is small and on every page, and imports other
 * modules where the page has an element for them.
 */
async function start(): Promise<void> {
  await settled()
  const root = document.documentElement
  const words = document.getElementById('_words')?.dataset ?? {}
  // First, because it measures: what changes the page before that is laid out twice.
  if (words.ages) showRelativeTimes(words.ages)
  replaceFailedCovers()
  await nextTask()
  const tools = document.querySelector<HTMLElement>('.article-tools')
  if (tools?.dataset.path) rememberReading(tools.dataset.path)
  startSaving(words.save ?? '')
  markRead(words.read ?? '')
  await nextTask()
  startSettingsPanel()
  startKeys()
  // Styles show the controls that need this module from here on.
  root.dataset.tools = ''

  for (const [selector, load] of parts) {
    const element = document.querySelector<HTMLElement>(selector)
    if (!element) continue
    await nextTask()
    reach(load(), element)
  }
  await loaded()
  const mostRead = document.querySelector<HTMLElement>('.most-read')
  if (mostRead) reach(import('#components/listing/most-read.browser.ts'), mostRead)
  if (tools?.dataset.path) sayRead(tools.dataset.path)
  reach(import('./speculate.browser.ts'), root)
  reach(import('#components/offline/worker/register-worker.browser.ts'), root)
}

/** Who leaves sooner has not read. In ms. */
const readAfter = 10_000

/**
 * Says once that the article is being read, unless the reader asks not to be counted. It says the
 * article and nothing else.
 */
function sayRead(path: string): void {
  if ('globalPrivacyControl' in navigator && navigator.globalPrivacyControl) return
  setTimeout(() => {
    if (!document.hidden) navigator.sendBeacon('/api/read', path)
  }, readAfter)
}

type Part = { start: (element: HTMLElement) => unknown }

/** What an element of a page needs, by its selector. */
const parts: [selector: string, load: () => Promise<Part>][] = [
  ['.article-tools', () => import('#components/article/tools/article-tools.browser.ts')],
  ['.contents', () => import('#components/article/contents.browser.ts')],
  ['.new-articles', () => import('#components/listing/new-articles.browser.ts')],
  ['.stored', () => import('#components/offline/offline-pages.browser.ts')],
  ['.search', () => import('#components/search/live-search.browser.ts')],
  ['.follow-button', () => import('#components/offline/following.browser.ts')],
  ['.since-visit', () => import('#components/listing/since-visit.browser.ts')],
]

/** A part that cannot be fetched (the site was updated, the connection is gone) is left out. */
function reach(part: Promise<Part>, element: HTMLElement) {
  part.then(({ start }) => start(element)).catch(() => undefined)
}

/** Lets the browser answer a reader before more is done: a slow phone takes each step apart. */
const nextTask = () => new Promise((done) => setTimeout(done))

const loaded = () =>
  new Promise<void>((done) => {
    if (document.readyState === 'complete') done()
    else addEventListener('load', () => done(), { once: true })
  })

/** Waits for hydration, if the page has the framework's runtime. */
async function settled(): Promise<void> {
  if (!('__next_f' in window)) return
  await loaded()
  await new Promise((done) => setTimeout(done, 500))
}

void start()
