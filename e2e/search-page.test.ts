import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { isTaken, listShifts, live, ready } from './page-state.ts'

const phone = { width: 360, height: 740 }
const status = (page: Page) => page.getByRole('status')
const hits = (page: Page) => page.locator('.search-hits > li')
const languages = (page: Page) => page.getByRole('navigation', { name: 'Languages' })

/** Opens a search page, waits for its module and marks it: after a reload the mark is gone. */
async function openAlive(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await live(page)
  await page.evaluate(() => Object.assign(window, { isMarked: true }))
}

const isSamePage = (page: Page) => page.evaluate(() => 'isMarked' in window)

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('conditions are folded on a phone until one is set, and nowhere else', async ({ page }) => {
    await page.goto('/search?q=note')
    await expect(page.getByRole('combobox', { name: 'Section' })).toBeVisible()
    await page.setViewportSize(phone)
    await expect(page.getByRole('combobox', { name: 'Section' })).toBeHidden()
    await page
      .locator('summary')
      .filter({ hasText: /^Filter$/ })
      .click()
    await page.getByRole('combobox', { name: 'Section' }).selectOption('markets')
    await page.getByLabel('Sort by').selectOption('newest')
    await page.getByRole('button', { name: 'Search' }).click()
    await expect(page.getByText('Filter (2)')).toBeVisible()
    await expect(page.getByRole('combobox', { name: 'Section' })).toBeVisible()
  })

  test('a tag that is asked for has a sign, which leads to the question without it', async ({
    page,
  }) => {
    await page.goto('/search?q=note&tag=btc&sort=newest')
    const sign = page.getByRole('link', { name: 'Topic: BTC, remove this filter' })
    await expect(sign).toHaveText(/^Topic: BTC.*×$/)
    await sign.click()
    await expect(page).toHaveURL('/search?q=note&sort=newest')
    await expect(page.getByText('Topic: BTC')).toHaveCount(0)
  })

  test('another language has the same question', async ({ page }) => {
    await page.goto('/search?q=note&tag=btc&page=2')
    await languages(page).getByRole('link', { name: 'Українська' }).click()
    await expect(page).toHaveURL('/uk/search?q=note&tag=btc')
    await page.goto('/search?q=note&lang=uk')
    await expect(languages(page).getByRole('link', { name: 'Українська' })).toHaveAttribute(
      'href',
      '/uk/search?q=note',
    )
  })
})

test('the search runs under a policy, which lets no script of others in', async ({ request }) => {
  const policy = (await request.get('/search?q=a')).headers()['content-security-policy']
  expect(policy).toContain("default-src 'none'; script-src 'self'")
  expect(policy).toContain("connect-src 'self'")
})

test.describe('without the web font', () => {
  // A worker could bring it, from an earlier page.
  test.use({ serviceWorkers: 'block' })

  test('nothing moves when the page comes alive', async ({ page }) => {
    // The web font may move lines, which is not the fault of the search.
    await page.route('**/*.woff2', (route) => route.abort())
    for (const path of ['/search', '/search?q=note', '/search?q=note&category=markets']) {
      for (const viewport of [phone, { width: 1280, height: 800 }]) {
        await page.setViewportSize(viewport)
        await openAlive(page, path)
        await ready(page)
        expect(await listShifts(page), `${path} at ${viewport.width}`).toEqual([])
      }
    }
  })
})

test('a fold that a reader opened stays open while conditions come and go', async ({ page }) => {
  await page.setViewportSize(phone)
  await openAlive(page, '/search?q=note')
  await page.getByText('Filter', { exact: true }).first().click()
  await page.getByRole('combobox', { name: 'Section' }).selectOption('markets')
  await expect(page.getByText('Filter (1)')).toBeVisible()
  await page.getByRole('combobox', { name: 'Section' }).selectOption('')
  await expect(page.getByText('Filter (1)')).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Section' })).toBeVisible()
})

test('an obvious misspelling shows results at once, and both questions can be asked', async ({
  page,
}) => {
  await openAlive(page, '/search?q=quixotci')
  await expect(hits(page)).toHaveCount(1)
  await page.getByRole('link', { name: 'Search for quixotci instead' }).press('Enter')
  await expect(page).toHaveURL('/search?q=quixotci&exact=1')
  await expect(hits(page)).toHaveCount(0)
  await page.getByRole('link', { name: 'quixotic' }).press('Enter')
  await expect(hits(page)).toHaveCount(1)
  await expect(page).toHaveURL('/search?q=quixotic')
  await expect(page.getByRole('searchbox')).toHaveValue('quixotic')
  await expect(status(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(hits(page).getByRole('link').first()).toBeFocused()
  await page.goBack()
  await expect(page.getByRole('link', { name: 'quixotic' })).toBeVisible()
  expect(await isSamePage(page)).toBe(true)
})

test('pages of results are turned in place, from their top on', async ({ page }) => {
  await openAlive(page, '/search?tag=btc')
  const first = await hits(page).first().textContent()
  await page.getByRole('link', { name: 'Page 2' }).click()
  await expect(status(page)).toContainText('(page 2 of 2)')
  await expect(status(page)).toBeFocused()
  await expect(hits(page).first()).toBeInViewport()
  await expect(page).toHaveURL('/search?tag=btc&page=2')
  await page.goBack()
  await expect(hits(page).first()).toHaveText(first ?? '')
  expect(await isSamePage(page)).toBe(true)
})

test('conditions are taken back in place, one or all', async ({ page }) => {
  await openAlive(page, '/search?q=note&tag=btc&category=markets')
  await page.getByRole('link', { name: /^Topic: BTC/ }).click()
  await expect(page).toHaveURL('/search?q=note&category=markets')
  await expect(page.getByRole('link', { name: /^Topic: BTC/ })).toHaveCount(0)
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL('/search?q=note')
  await expect(page.getByRole('combobox', { name: 'Section' })).toHaveValue('')
  expect(await isSamePage(page)).toBe(true)
})

test('focus stays with who has gone on to something else', async ({ page }) => {
  const release = Promise.withResolvers<void>()
  await openAlive(page, '/search?tag=btc')
  await page.route('**/search?*', async (route) => {
    await release.promise
    await route.continue()
  })
  await page.getByRole('link', { name: 'Page 2' }).click()
  await page.getByLabel('Source').focus()
  release.resolve()
  await expect(status(page)).toContainText('(page 2 of 2)')
  await expect(page.getByLabel('Source')).toBeFocused()
})

test('a slash leads to the field, unless shortcuts are switched off', async ({ page }) => {
  await openAlive(page, '/search?q=note')
  await ready(page)
  const field = page.getByRole('searchbox')
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await expect(page.locator('.search-keys')).toBeVisible()

  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByRole('checkbox', { name: 'Keyboard shortcuts' }).uncheck()
  await page.keyboard.press('Escape')
  await page.evaluate(
    () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
  )
  expect(await isTaken(page, '/')).toBe(false)
  await expect(field).not.toBeFocused()
  await expect(page.locator('.search-keys')).toBeHidden()
})

test('a link that the search did not answer is followed by the browser', async ({ page }) => {
  await openAlive(page, '/search?tag=btc')
  await page.route('**/search?*', (route) =>
    route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
  )
  await page.getByRole('link', { name: 'Page 2' }).click()
  await expect(status(page)).toHaveText(/isn’t responding/)
  await page.getByRole('link', { name: 'Page 2' }).click()
  await expect(status(page)).toContainText('(page 2 of 2)')
})

test('the links to other languages follow what is typed', async ({ page }) => {
  await openAlive(page, '/search')
  await page.getByRole('searchbox').fill('halvings')
  await expect(page).toHaveURL('/search?q=halvings')
  const link = languages(page).getByRole('link', { name: 'Українська' })
  await expect(link).toHaveAttribute('href', '/uk/search?q=halvings')
  await page.goBack()
  await expect(link).toHaveAttribute('href', '/uk/search')
  await page.goForward()
  await link.click()
  await expect(page).toHaveURL('/uk/search?q=halvings')
})

test('search engines are offered the search, but no answer of it', async ({ page, request }) => {
  await page.goto('/uk/search')
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', /^index/)
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', /\/uk\/search$/)
  await expect(page.locator('link[hreflang=en]')).toHaveAttribute('href', /[^k]\/search$/)
  await expect(page.locator('meta[name=description]')).toHaveAttribute('content', /Пошук/)
  for (const query of ['q=note', 'sort=newest', 'anything=at-all']) {
    await page.goto(`/search?${query}`)
    await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', /^noindex/)
    await expect(page.locator('link[rel=canonical]')).toHaveCount(0)
  }
  const robots = await (await request.get('/robots.txt')).text()
  expect(robots).toContain('\nDisallow: /search?\nDisallow: /uk/search?\n')
})
