import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

/** Resolves when the module of a page has brought its tools to life. */
export const ready = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-tools', '')

/** Resolves when the search answers what is typed. */
export const live = (page: Page) => expect(page.locator('.search')).toHaveAttribute('data-live', '')

/** Resolves when a page has fetched the last of its modules. */
export const complete = (page: Page) =>
  page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('/register-worker')),
  )

/** The source of axe, to be run in a page. */
export const axe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** The rules whose outcome depends on colours; all others read the same page in every theme. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** What axe finds, in a line each: by all its usual rules, or by those about colours alone. */
export async function findBarriers(
  page: Page,
  rules: 'all' | 'colours' = 'all',
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const options = {
    resultTypes: ['violations'],
    ...(rules === 'colours' && { runOnly: colourRules }),
  }
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(options)})`,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** Resolves when what a page has done so far can be seen. */
export const painted = (page: Page) =>
  page.evaluate(async () => {
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame)
  })

/** A line for each move of something visible that no reader caused, since the page was opened. */
export function listShifts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const seen: PerformanceEntry[] = []
    const observer = new PerformanceObserver((list) => seen.push(...list.getEntries()))
    observer.observe({ type: 'layout-shift', buffered: true })
    // What moves with a frame is reported after it.
    for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame)
    await new Promise((done) => setTimeout(done))
    seen.push(...observer.takeRecords())
    observer.disconnect()
    return seen.map((shift) => {
      const sources = 'sources' in shift && Array.isArray(shift.sources) ? shift.sources : []
      const moves = sources.map(({ node, previousRect, currentRect }) => {
        const element = node instanceof Element ? node : node?.parentElement
        const toPlace = ({ x, y, width, height }: DOMRect) => [x, y, width, height].join(' ')
        return `${element?.outerHTML.slice(0, 80)} ${toPlace(previousRect)} → ${toPlace(currentRect)}`
      })
      return `${'value' in shift ? shift.value : ''} ${moves.join('; ')}`
    })
  })
}

/** Presses a key and says whether a script of the page took it for itself. */
export async function isTaken(page: Page, key: string): Promise<boolean> {
  // Behind the page's own listeners, which are there already.
  await page.evaluate(() => {
    const note = ({ defaultPrevented }: Event) =>
      Object.assign(window, { isTaken: defaultPrevented })
    addEventListener('keydown', note, { once: true })
  })
  await page.keyboard.press(key)
  return page.evaluate(() => 'isTaken' in window && window.isTaken === true)
}
