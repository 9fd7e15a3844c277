import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { findBarriers, ready } from './page-state.ts'

/** Opens a page and waits until what is opened from here on is kept. */
async function openWithWorker(page: Page, path: string): Promise<void> {
  await page.goto(path)
  // A page that was opened just as the worker became active may have none; the next one has it.
  const isControlled = await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    return navigator.serviceWorker.controller !== null
  })
  if (!isControlled) await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await expect.poll(() => listCopies(page)).toContain(path)
}

const listCopies = (page: Page) =>
  page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = await Promise.all(caches_.map((cache) => cache.keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })

test('a reader saves articles with the keyboard, finds them again and takes one off', async ({
  page,
}) => {
  await page.goto('/article/long-read')
  await ready(page)
  const save = page.locator('.article-tools').getByRole('button', { name: 'Save: ' })
  await save.focus()
  await page.keyboard.press('Enter')
  await expect(save).toHaveAttribute('aria-pressed', 'true')
  await page.goto('/category/markets')
  await page.getByRole('button', { name: 'Save: Market note 30' }).click()

  await page.getByRole('banner').getByRole('link', { name: 'Saved articles' }).click()
  const rows = page.locator('.stored-list li')
  await expect(rows).toHaveCount(2)
  await expect(rows.first().getByRole('link')).toHaveText('Market note 30')
  expect(await findBarriers(page)).toEqual([])
  // Dates are of the page's language and region, whatever the browser's are.
  await expect(rows.first().locator('time')).toHaveText(/^\d+ \w+ \d{4}$/)
  await page.goto('/uk/saved')
  await expect(rows.first().locator('time')).toHaveText(/ р\.$/)
  await page.goto('/saved')
  await page.getByRole('button', { name: 'Remove: Market note 30' }).press('Enter')
  await expect(rows).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^Remove: / })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('No saved articles yet.')).toBeVisible()
  await page.goto('/article/long-read')
  await expect(save).toHaveAttribute('aria-pressed', 'false')
})

test('what was read is marked in listings, in this browser and with no cookie', async ({
  page,
  context,
}) => {
  await page.goto('/article/market-note-30')
  await ready(page)
  await page.goto('/category/markets')
  const read = page.locator('.teaser[data-read] .teaser-title a')
  await expect(read).toHaveText(['Market note 30'])
  await expect(read).toHaveAccessibleDescription('Read')
  expect(await context.cookies()).toEqual([])
})

test('without a connection opened and saved articles are read, and others are explained', async ({
  page,
  context,
}) => {
  await openWithWorker(page, '/article/cover-other-host')
  await page.goto('/article/table-of-halvings')
  await ready(page)
  await page.goto('/category/markets')
  await page.getByRole('button', { name: 'Save: Market note 29' }).click()
  await expect.poll(() => listCopies(page)).toContain('/article/market-note-29')
  await context.setOffline(true)

  await page.goto('/article/long-read')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You’re offline')
  const saved = page.getByRole('region', { name: 'Saved' })
  const opened = page.getByRole('region', { name: 'Articles you opened' })
  await expect(saved.getByRole('link')).toHaveText(['Market note 29'])
  await expect(opened.getByRole('link')).toHaveCount(2)
  expect(await findBarriers(page)).toEqual([])
  await opened.getByRole('link').last().click()
  await expect(page).toHaveURL('/article/cover-other-host')
  await expect(page.locator('.prose p').first()).toBeVisible()
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(251, 250, 247)')
  await page.goto('/saved')
  await page.getByRole('link', { name: 'Market note 29' }).click()
  await expect(page.getByText('The market moved on day 29.')).toBeVisible()
  await page.goto('/uk/latest')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ви офлайн')

  await page.goto('/article/long-read')
  await ready(page)
  await context.setOffline(false)
  await expect(page.getByRole('navigation', { name: 'Contents' })).toBeVisible()
})

test('an article that is withdrawn leaves the browser when it is next seen', async ({
  page,
  context,
  desk,
}) => {
  const path = 'articles/en/2026/09/soon-withdrawn.md'
  const text =
    "---\ntitle: Soon withdrawn\npublishedAt: '2026-09-01T00:00:00.000Z'\ncategory: LAW\n"
  await desk.write(path, `${text}---\nA claim.\n`)
  await expect(async () => {
    expect((await page.goto('/article/soon-withdrawn'))?.status()).toBe(200)
  }).toPass()
  await openWithWorker(page, '/article/soon-withdrawn')
  await page.locator('.article-tools .save-button').click()
  await desk.write(path, `${text}withdrawn: true\n---\nA claim.\n`)
  await expect(async () => {
    expect((await page.goto('/article/soon-withdrawn'))?.status()).toBe(410)
  }).toPass()
  await expect.poll(() => listCopies(page)).not.toContain('/article/soon-withdrawn')
  await page.evaluate(() => localStorage.removeItem('dateline:checked'))
  await page.goto('/saved')
  await expect(page.getByText('No saved articles yet.')).toBeVisible()
  await context.setOffline(true)
  await page.goto('/article/soon-withdrawn')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You’re offline')
})

test('nothing is kept of searches, missing pages and the API', async ({ page }) => {
  await openWithWorker(page, '/article/long-read')
  for (const path of ['/search?q=market', '/nothing', '/api/articles']) await page.goto(path)
  await page.goto('/about')
  const kept = await listCopies(page)
  expect(kept.filter((path) => /^\/(search|nothing|api)/.test(path))).toEqual([])
})
