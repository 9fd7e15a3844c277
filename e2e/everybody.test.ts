import type { ConsoleMessage, Page, Request } from '@playwright/test'
import { expect, test as journey } from './journey.ts'
import { findBarriers, ready } from './page-state.ts'

/** One window for all pages, as a reader has: a new one for each would cost half of the time. */
const test = journey.extend<object, { window: Page }>({
  window: [
    async ({ browser, site }, use) => {
      const context = await browser.newContext({ baseURL: site.url, locale: 'en-GB' })
      await use(await context.newPage())
      await context.close()
    },
    { scope: 'worker' },
  ],
})

const pages = [
  '/',
  '/article/long-read',
  '/article/table-of-halvings',
  '/article/lists-and-tasks',
  '/article/footnotes-explained',
  '/article/figure-corrected',
  '/article/cover-six-variants',
  '/article/body-empty',
  '/article/title-very-long',
  '/article/title-with-signs',
  '/category/markets',
  '/category/markets/page/2',
  '/tag/el-salvador',
  '/source/sample_wire',
  '/latest',
  '/archive',
  '/mood',
  '/mood/90-days',
  '/mood/category/trading/90-days',
  '/mood/90-days/neutral',
  '/mood/24-hours/positive',
  '/mood/2026-09-02',
  '/uk/mood/90-days',
  '/corrections',
  '/uk/corrections',
  '/about',
  '/uk/about',
  '/feeds',
  '/uk/feeds',
  '/archive/2026/07',
  '/search',
  '/search?q=halvings',
  '/search?q=nosuchword',
  '/saved',
  '/offline',
  '/uk/saved',
  '/search?q=halvigns',
  '/search?q=article&category=markets&sentiment=neutral&from=2026-01-01&sort=newest',
  '/uk/search?q=стаття&lang=en',
  '/uk/search?q=note&tag=btc&category=markets&source=sample_wire&from=2026-01-01&to=2026-09-01',
  '/tags',
  '/briefing',
  '/uk/following',
  '/asset/bitcoin',
  '/uk/sources',
  '/uk/archive',
  '/nothing',
  '/article/claim-withdrawn',
  '/uk',
  '/uk/article/pinned-lead',
]

for (const path of pages) {
  test(`${path} is for everybody`, async ({ window: page }) => {
    const { heard, stop } = listen(page)
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(path)
    await ready(page)
    stop()
    expect(heard, 'the console says nothing, and no other host is asked but for covers').toEqual([])

    expect(await findBarriers(page), 'axe finds no barrier').toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await findBarriers(page, 'colours'), 'nor in the dark').toEqual([])

    // A small phone, and a screen zoomed to 400 %.
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 700 })
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(excess, `the page fits ${width} px`).toBeLessThanOrEqual(0)
    }
  })
}

/** What a page says in the console, and the other hosts it asks, as they come, until `stop`. */
function listen(page: Page): { heard: string[]; stop: () => void } {
  const heard: string[] = []
  const excused = /ERR_NAME_NOT_RESOLVED|status of 4(04|10)/
  const hearMessage = (message: ConsoleMessage) => {
    if (!excused.test(message.text())) heard.push(message.text())
  }
  const hearError = (error: Error) => heard.push(String(error))
  const hearRequest = (request: Request) => {
    const { hostname } = new URL(request.url())
    if (request.resourceType() !== 'image' && hostname !== 'localhost') heard.push(hostname)
  }
  page.on('console', hearMessage).on('pageerror', hearError).on('request', hearRequest)
  const stop = () => {
    page.off('console', hearMessage).off('pageerror', hearError).off('request', hearRequest)
  }
  return { heard, stop }
}
