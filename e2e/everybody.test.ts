import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './journey.ts'

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
  '/uk/sources',
  '/uk/archive',
  '/nothing',
  '/article/claim-withdrawn',
  '/uk',
  '/uk/article/pinned-lead',
]

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a barrier that axe can find (${colorScheme})`, async ({ page }) => {
    test.setTimeout(600_000)
    await page.emulateMedia({ colorScheme })
    for (const path of pages) {
      await page.goto(path)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      expect(found, path).toEqual([])
    }
  })
}

test('no page is wider than a small phone, nor than a screen zoomed to 400 %', async ({ page }) => {
  test.setTimeout(300_000)
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 700 })
    for (const path of pages) {
      await page.goto(path)
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(excess, `${path} at ${width}px`).toBeLessThanOrEqual(0)
    }
  }
})

test('pages say nothing in the console and ask no other host but for covers', async ({ page }) => {
  const heard: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => heard.push(message.text()))
  page.on('pageerror', (error) => heard.push(String(error)))
  page.on('request', (request) => {
    if (request.resourceType() !== 'image') hosts.add(new URL(request.url()).hostname)
  })
  for (const path of pages.filter((path) => !path.includes('nothing'))) await page.goto(path)
  const excused = /ERR_NAME_NOT_RESOLVED|status of 4(04|10)/
  expect(heard.filter((line) => !excused.test(line))).toEqual([])
  expect([...hosts]).toEqual(['localhost'])
})
