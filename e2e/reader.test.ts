import { expect, test } from './journey.ts'
import { listShifts } from './page-state.ts'

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a reader goes from the front page to an article and on to its section', async ({
    page,
  }) => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Pinned lead of the fixture edition' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Pinned lead of the fixture edition',
    )
    await page.locator('article').getByRole('link', { name: 'Via Sample Wire' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Source: Sample Wire')
  })

  test('a search finds what the words stand in, and marks them', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('banner').getByRole('link', { name: 'Search' }).click()
    await page.getByRole('searchbox').fill('quixotic zygote')
    await page.getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\/search\?q=quixotic\+zygote/)
    await expect(page.locator('.search-hits > li')).toHaveCount(1)
    await expect(page.locator('.search-hits mark').first()).toHaveText(/quixotic/i)
  })

  test('a search in Ukrainian finds other forms of a word, and only Ukrainian articles', async ({
    page,
  }) => {
    await page.goto('/uk/search?q=українською')
    await expect(page.locator('.search-hits a').first()).toHaveText(/лише українською/)
    await page.goto('/search?q=унікальнослово')
    await expect(page.locator('.search-hits')).toHaveCount(0)
    await expect(page.getByText('Nothing found')).toBeVisible()
  })

  test('a missing page explains itself and offers ways on', async ({ page }) => {
    const response = await page.goto('/article/never-was')
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found')
    await expect(page.getByRole('searchbox')).toBeVisible()
    const ukrainian = await page.goto('/uk/nothing')
    expect(ukrainian?.status()).toBe(404)
    await expect(page.locator('html')).toHaveAttribute('lang', 'uk')
  })

  test('pages of a listing hold every article once', async ({ page }) => {
    const titles: string[] = []
    await page.goto('/category/markets')
    for (;;) {
      titles.push(...(await page.locator('main .teaser-title').allTextContents()))
      const older = page.getByRole('link', { name: 'Older', exact: true })
      if ((await older.count()) === 0) break
      await older.click()
    }
    expect(titles).toHaveLength(30)
    expect(new Set(titles).size).toBe(30)
    expect((await page.goto('/category/markets/page/3'))?.status()).toBe(404)
  })
})

test('the front page begins with the heaviest pin, then the newer of two equal ones', async ({
  page,
}) => {
  await page.goto('/')
  const titles = await page.locator('main .teaser-title').allTextContents()
  expect(titles.slice(0, 3)).toEqual([
    'Pinned lead of the fixture edition',
    'Newer of two pins of one weight',
    'Older of two pins of one weight',
  ])
  expect(new Set(titles).size).toBe(titles.length)
})

test('an article says who wrote it, where it comes from and what was corrected', async ({
  page,
}) => {
  await page.goto('/article/figure-corrected')
  const header = page.locator('.article-header')
  await expect(header.getByText('Written by AI')).toBeVisible()
  await expect(header.getByRole('link', { name: 'Via Sample Wire' })).toBeVisible()
  await expect(header.locator('time').first()).toHaveAttribute('datetime', /^2026-09-\d\dT/)
  await expect(header.getByText(/min read/)).toBeVisible()
  await expect(header.getByText('Tone: neutral')).toBeVisible()
  const corrections = page.getByRole('region', { name: 'Corrections' }).getByRole('listitem')
  await expect(corrections).toHaveText([/4 September 2026.*misspelt/s, /3 September 2026.*21/s])

  await page.goto('/article/written-by-people')
  await expect(header.getByText('Written by AI')).toHaveCount(0)
})

test('a long article has contents that lead to its parts; a short one has none', async ({
  page,
}) => {
  await page.goto('/article/long-read')
  const contents = page.getByRole('navigation', { name: 'Contents' })
  await contents.getByRole('link', { name: 'Part 6: Wallets' }).click()
  await expect(page.getByRole('heading', { name: 'Part 6: Wallets' })).toBeInViewport()
  await page.goto('/article/table-of-halvings')
  await expect(contents).toHaveCount(0)
})

test('the language switch leads to the same article where it exists, else to the front page', async ({
  page,
}) => {
  await page.goto('/article/figure-corrected')
  const toUkrainian = page.getByRole('banner').getByRole('link', { name: 'Українська' })
  await expect(toUkrainian).toHaveAttribute('href', '/uk/article/figure-corrected')
  await toUkrainian.click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'uk')
  await page.goto('/article/written-by-people')
  await expect(toUkrainian).toHaveAttribute('href', '/uk')
  await expect(toUkrainian).toHaveText('Українська головна сторінка')
})

test('a keyboard reaches the content past the masthead', async ({ page }) => {
  await page.goto('/article/long-read')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

test('a cover that does not load leaves its fallback art and shifts nothing', async ({ page }) => {
  const html = await (await page.request.get('/article/cover-six-variants')).text()
  const [sent = ''] = /<img[^>]*A quiet trading floor[^>]*>/.exec(html) ?? []
  expect(sent).toMatch(/srcSet="[^"]*w=480 480w[^"]*w=2000 2000w/i)
  expect(sent).toMatch(/fetchpriority="high"/i)
  await page.goto('/article/cover-six-variants')
  const cover = page.locator('.article-cover img')
  await expect(cover).toHaveAttribute('src', /\/prints\/\d+\/[a-z]+\/cover-six-variants\?w=1200/)
  await expect(cover).not.toHaveAttribute('srcset')
  await expect
    .poll(() => cover.evaluate((image) => Reflect.get(image, 'naturalWidth')))
    .toBeGreaterThan(0)
  const box = await cover.boundingBox()
  expect(box && Math.abs(box.width / box.height - 16 / 9)).toBeLessThan(0.02)
  expect(await listShifts(page)).toEqual([])
  await expect(page.locator('figcaption').getByRole('link')).toHaveText(['Ada Example', 'Unsplash'])
})

test('content that tries to run code or to change the page does neither', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto('/article/body-hostile')
  await expect(page.getByText('The text after all this is still here.')).toBeVisible()
  await expect(page).toHaveTitle(/^A body that tries to run code/)
  await expect(page.locator('.prose :is(script, iframe, style, img)')).toHaveCount(0)
  await expect(page.locator('.prose a[href^="javascript"], .prose a[href^="data"]')).toHaveCount(0)
  expect(asked.filter((url) => url.includes('tracker.example'))).toEqual([])

  await page.goto('/article/title-hostile')
  await expect(page).toHaveTitle(/^<\/script><script>/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<b>bold</b>')
})

test('a page is set once: in its typeface, or in what stands in where that comes too late', async ({
  page,
}) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('DOM.enable')
  await devtools.send('CSS.enable')
  const typefacesOf = async (selector: string) => {
    const { root } = await devtools.send('DOM.getDocument')
    const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector })
    const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId })
    return fonts.map(({ familyName }) => familyName)
  }
  const asked: string[] = []
  const held: (() => void)[] = []
  await page.route('**/*.woff2', async (route) => {
    asked.push(route.request().url())
    await new Promise<void>((done) => held.push(done))
    await route.continue()
  })
  await page.goto('/uk', { waitUntil: 'commit' })
  await expect(page.locator('.site-footer')).toBeVisible()
  const painted = () => performance.getEntriesByName('first-contentful-paint').length
  await expect.poll(() => page.evaluate(painted)).toBe(1)
  // Both were asked for before anything was painted, and nothing waits for them.
  for (const name of ['latin', 'cyrillic'])
    expect(asked.filter((url) => url.includes(`/source-serif-${name}.`))).toHaveLength(1)
  const before = await typefacesOf('.teaser-lead h2')
  for (const go of held) go()
  await page.waitForLoadState('load')
  await page.evaluate(() => document.fonts.ready)
  expect(await typefacesOf('.teaser-lead h2')).toEqual(before)
  expect(before.join()).not.toMatch(/Source Serif/)
  expect(await listShifts(page)).toEqual([])

  await page.unroute('**/*.woff2')
  await page.goto('/uk/latest')
  for (const part of ['.masthead-name', 'h1', '.teaser-title'])
    expect((await typefacesOf(part)).join(), part).toMatch(/^Source Serif/)
  expect(await listShifts(page)).toEqual([])
})
