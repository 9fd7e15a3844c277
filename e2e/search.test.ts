import type { Page, Request, Route } from '@playwright/test'
import { expect, test } from './journey.ts'
import { findBarriers, live, painted } from './page-state.ts'

const status = (page: Page) => page.locator('.search-status')
const hits = (page: Page) => page.locator('.search-hits > li')

/** The field, once the page is alive. */
async function openSearch(page: Page, path = '/search') {
  await page.goto(path)
  await live(page)
  return page.getByRole('searchbox')
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the form narrows a search down, and says how much each choice would find', async ({
    page,
  }) => {
    await page.goto('/search?q=note')
    await expect(page.getByRole('combobox', { name: 'Section' })).toContainText(/Markets \(\d+\)/)
    await page.getByRole('combobox', { name: 'Section' }).selectOption('markets')
    await page.getByLabel('Sort by').selectOption('newest')
    await page.getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/category=markets/)
    const days = await hits(page)
      .locator('time')
      .evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''))
    expect(days.length).toBeGreaterThan(1)
    expect(days).toEqual(days.toSorted().reverse())
    await expect(hits(page).locator('.meta a')).toHaveText(days.map(() => 'Markets'))
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await expect(page).toHaveURL(/\/search\?q=note$/)
  })

  test('a misspelt word leads to the right one', async ({ page }) => {
    await page.goto('/search?q=quixotci')
    await page.getByRole('link', { name: 'quixotic' }).click()
    await expect(hits(page)).toHaveCount(1)
  })

  test('any question is answered, however strange', async ({ page }) => {
    for (const query of [
      `q=${'x'.repeat(9000)}`,
      'q=%22%22%28AND+NOT*&page=99999999999999999999',
      'q=a&q=b&lang=xx&lang=uk&category=..%2F&from=0000-00-00&to=%F0%9F%9A%80&sort=',
      'q=%ED%A0%80%00%3Cscript%3Ealert(1)%3C%2Fscript%3E',
      'category=nothing-of-the-kind',
    ]) {
      const response = await page.goto(`/search?${query}`)
      expect(response?.status(), query.slice(0, 40)).toBe(200)
      await expect(page.getByRole('searchbox')).toBeVisible()
    }
  })
})

test('results come while a question is typed, and the address keeps it', async ({ page }) => {
  const field = await openSearch(page)
  await expect(page.getByRole('heading', { name: 'Sections' })).toBeVisible()
  await field.pressSequentially('quixotic', { delay: 20 })
  await expect(hits(page)).toHaveCount(1)
  await expect(hits(page).locator('mark').first()).toHaveText(/quixotic/i)
  await expect(page.getByRole('status')).toHaveText('1 result')
  await expect(page).toHaveURL('/search?q=quixotic')
  await expect(page).toHaveTitle('Results for “quixotic” · Dateline')
  await page.reload()
  await expect(hits(page)).toHaveCount(1)
  await page.goBack()
  await expect(field).toHaveValue('')
  await expect(page).toHaveTitle('Search · Dateline')
  await expect(hits(page)).toHaveCount(0)
})

test.describe('before the module has come', () => {
  test.use({ serviceWorkers: 'block' })

  test('a reader who goes back is shown what the address asks', async ({ page }) => {
    const field = await openSearch(page)
    await field.fill('quixotic')
    await expect(page).toHaveURL('/search?q=quixotic')
    const release = Promise.withResolvers<void>()
    await page.route('**/live-search.browser-*', async (route) => {
      await release.promise
      await route.continue()
    })
    await page.reload()
    await page.goBack()
    await expect(page).toHaveURL('/search')
    release.resolve()
    await expect(field).toHaveValue('')
    await expect(hits(page)).toHaveCount(0)
  })
})

test('an answer that comes late does not replace a newer one', async ({ page }) => {
  const isEarlier = (request: Request) => request.url().endsWith('/search?q=quix')
  const release = Promise.withResolvers<void>()
  await page.route('**/search?q=quix', async (route) => {
    await release.promise
    await route.continue().catch(() => undefined)
  })
  const field = await openSearch(page)
  const asked = page.waitForRequest(isEarlier)
  const over = Promise.race([
    page.waitForEvent('requestfinished', isEarlier),
    page.waitForEvent('requestfailed', isEarlier),
  ])
  await field.fill('quix')
  await asked
  await field.fill('halvings')
  await expect(hits(page).first()).toContainText(/halving/i)
  const shown = await hits(page).allTextContents()
  release.resolve()
  await over
  await painted(page)
  expect(await hits(page).allTextContents()).toEqual(shown)
})

test('conditions narrow the results down at once, and back undoes them', async ({ page }) => {
  await openSearch(page, '/search?q=note')
  const before = await status(page).textContent()
  await page.getByRole('combobox', { name: 'Section' }).selectOption('markets')
  await expect(page).toHaveURL(/q=note&category=markets/)
  await expect(status(page)).not.toHaveText(before ?? '')
  await expect(hits(page).locator('.meta a').first()).toHaveText('Markets')
  await page.goBack()
  await expect(page.getByRole('combobox', { name: 'Section' })).toHaveValue('')
  await expect(status(page)).toHaveText(before ?? '')
})

test('the keyboard alone finds and opens an article', async ({ page }) => {
  const field = await openSearch(page)
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await page.keyboard.type('halvings/')
  await expect(field).toHaveValue('halvings/')
  await expect(hits(page).first()).toBeVisible()
  const links = page.locator('.search-hits .teaser-title a')
  await page.keyboard.press('ArrowDown')
  await expect(links.first()).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(field).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await expect(field).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/article\//)
  await page.goBack()
  await expect(field).toHaveValue('halvings/')
  await field.focus()
  await page.keyboard.press('Escape')
  await expect(field).toHaveValue('')
  await expect(hits(page)).toHaveCount(0)
})

test('when the search does not answer, it says so, and the form still asks', async ({ page }) => {
  await page.route('**/search?*', failFetches)
  const field = await openSearch(page)
  await field.fill('quixotic')
  await expect(page.getByRole('status')).toHaveText(/isn’t responding/)
  await field.press('Enter')
  await expect(hits(page)).toHaveCount(1)
})

test('what is found in the other language is offered', async ({ page }) => {
  const field = await openSearch(page)
  await field.fill('українською')
  await page.getByRole('link', { name: /Українська: \d+ article/ }).click()
  await expect(page).toHaveURL(/lang=uk/)
  await expect(hits(page).first()).toHaveAttribute('lang', 'uk')
})

test('no state of the search has a barrier that axe can find', async ({ page }) => {
  const field = await openSearch(page, '/search?tag=btc&category=markets')
  for (const text of ['note', 'quixotci', 'qqqqqq']) {
    await field.fill(text)
    await expect(page).toHaveTitle(titleOf(text))
    await expect(page).toHaveURL(`/search?q=${text}&category=markets&tag=btc`)
    await checkState(page)
  }
  await page.getByRole('link', { name: 'Clear filters' }).click()
  for (const text of ['note', 'quixotci', 'qqqqqq', '']) {
    await field.fill(text)
    // The title follows the answer.
    await expect(page).toHaveTitle(titleOf(text))
    await expect(page).toHaveURL(text ? `/search?q=${text}` : '/search')
    await checkState(page)
  }
})

/** What the module of the search asks fails; what the browser opens comes. */
const failFetches = (route: Route) =>
  route.request().resourceType() === 'fetch' ? route.abort() : route.continue()

const titleOf = (text: string) => (text ? `Results for “${text}” · Dateline` : 'Search · Dateline')

async function checkState(page: Page): Promise<void> {
  const looks = [
    { colorScheme: 'light', forcedColors: 'none' },
    { colorScheme: 'dark', forcedColors: 'none' },
    { colorScheme: 'light', forcedColors: 'active' },
  ] as const
  for (const look of looks) {
    await page.emulateMedia(look)
    const isFirst = look === looks[0]
    expect(await findBarriers(page, isFirst ? 'all' : 'colours'), JSON.stringify(look)).toEqual([])
  }
}

test('topics and sources are listed by name, and lead to their articles', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('contentinfo').getByRole('link', { name: 'Sources' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sources')
  await page.getByRole('main').getByRole('link', { name: 'Sample Wire' }).first().click()
  await expect(page).toHaveURL('/source/sample_wire')
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText('Sources').click()
  await expect(page).toHaveURL('/sources')
  await page.getByRole('contentinfo').getByRole('link', { name: 'Topics' }).click()
  await page.getByRole('main').getByRole('link', { name: 'El Salvador' }).first().click()
  await expect(page).toHaveURL('/tag/el-salvador')
})

test('a month leads to its days, and to the page on which a day begins', async ({ page }) => {
  await page.goto('/archive')
  await page.getByRole('link', { name: 'July 2026' }).click()
  const calendar = page.getByRole('navigation', { name: 'Days' })
  const day = calendar.getByRole('listitem').getByRole('link').first()
  const label = await day.locator('.visually-hidden').textContent()
  await day.click()
  const name = label?.split(',')[0] ?? ''
  await expect(page.getByRole('heading', { name, exact: true })).toBeInViewport()
})

test('readers and machines are shown the same way to a page', async ({ page }) => {
  for (const path of ['/article/long-read', '/tag/el-salvador', '/uk/archive', '/tags']) {
    await page.goto(path)
    const shown = await page
      .locator('.breadcrumbs a')
      .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute('href')]))
    const told = await page.locator('script[type="application/ld+json"]').evaluateAll((scripts) =>
      scripts
        .flatMap((script) => JSON.parse(script.textContent ?? '')['@graph'])
        .filter((thing) => thing['@type'] === 'BreadcrumbList')
        .flatMap((thing) => thing.itemListElement)
        .map(({ name, item }) => [name, new URL(item).pathname]),
    )
    expect(told.slice(0, -1), path).toEqual(shown)
    expect(told.at(-1)?.[1]).toBe(path)
  }
})
