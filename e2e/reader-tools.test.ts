import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { complete, findBarriers, isTaken, listShifts, live, ready } from './page-state.ts'
import { openSlowLine } from './slow-line.ts'
import { giveVoice, listSpoken } from './voice.ts'

test('an open listing offers what is new and moves nothing; a hidden one does not ask', async ({
  page,
  desk,
}) => {
  await page.clock.install()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/latest')
  await ready(page)
  await page.evaluate(() => scrollTo(0, 400))
  const hide = (hidden: boolean) =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'hidden', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await hide(true)
  await page.clock.runFor(300_000)
  expect(asked).not.toContain('/newest.json')

  const text = 'category: MARKETS\n---\nNews.\n'
  for (const name of ['one', 'two']) {
    await desk.write(
      `articles/en/2026/09/news-${name}.md`,
      `---\ntitle: News ${name}\npublishedAt: '2026-10-01T00:00:00.000Z'\n${text}`,
    )
  }
  await expect
    .poll(async () => (await page.request.get('/newest.json')).text())
    .toMatch(/news-one.*news-two/)
  const scroll = await page.evaluate(() => scrollY)
  await hide(false)
  // The module may have started after the minutes above: it asks once in about a minute.
  await page.clock.runFor(70_000)
  const offer = page.getByRole('status').getByRole('link')
  await expect(offer).toHaveText('2 new articles')
  expect(await page.evaluate(() => scrollY)).toBe(scroll)
  expect(await findBarriers(page)).toEqual([])
  await offer.click()
  await expect(page.locator('.teaser-title').first()).toHaveText(/^News/)
  expect(await page.evaluate(() => scrollY)).toBe(0)
})

test('a live story offers its new updates, and leads to its story, its asset and what is followed', async ({
  page,
  desk,
}) => {
  await page.clock.install()
  const write = (name: string, more: string, body: string) =>
    desk.write(
      `articles/en/2026/02/${name}.md`,
      `---\ntitle: Cave ${name}\npublishedAt: '2026-02-01T08:00:00Z'\ncategory: MARKETS\ntags: [BTC]\nstoryKey: cave\n${more}---\n${body}`,
    )
  const updates = '- Key fact\n\n## 08:10 First\n\nA.\n'
  const prices =
    "prices: [{ asset: BTC, usd: 91250, at: '2026-02-01T07:00:00Z', source: Test Wire }]\n"
  await write('report', `${prices}description: It lost $8 million.\n`, 'Text.\n')
  await write('live', 'kind: live\ndescription: It lost $9 million.\n', updates)
  await expect.poll(async () => (await page.request.get('/story/cave')).status()).toBe(200)

  await page.goto('/article/live#update-20260201-0810')
  await ready(page)
  await expect(page.locator('.key-points')).toContainText('Key fact')
  expect(await findBarriers(page)).toEqual([])
  await write('live', 'kind: live\n', `${updates}\n## 08:30 Second\n\n## 08:20 Between\n`)
  await expect
    .poll(async () => (await page.request.get('/article/live/newest.json')).text())
    .toContain('0830')
  await page.clock.runFor(70_000)
  const offer = page.locator('.new-articles a')
  await expect(offer).toHaveText('2 new updates')
  await offer.click()
  await expect(page.locator('.update').first()).toContainText('Second')

  await page.goto('/article/report')
  await expect(page.locator('.prices')).toContainText('$91,250')
  await page.getByRole('link', { name: /^The whole story/ }).click()
  await expect(page.locator('.story-reports tbody tr')).toHaveCount(2)
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Follow' }).click()
  await page.goto('/asset/bitcoin')
  await page.getByRole('button', { name: 'Follow' }).click()
  expect(await listShifts(page)).toEqual([])
  expect(await findBarriers(page)).toEqual([])
  await page.goto('/following')
  await expect(page.locator('[data-list="followed"] li')).toHaveCount(2)
  await expect(page.locator('[data-list="news"] li').filter({ hasText: 'Cave live' })).toHaveCount(
    1,
  )
  expect(await findBarriers(page)).toEqual([])
})

test('an article is shared by the system where it can be, and its link is copied', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await context.addInitScript(() => {
    const share = async (what: ShareData) => Object.assign(window, { shared: what.url })
    Object.defineProperty(navigator, 'share', { value: share })
  })
  await page.goto('/article/long-read?utm_source=elsewhere')
  await page.getByRole('button', { name: 'Share' }).click()
  expect(await page.evaluate(() => ('shared' in window ? window.shared : ''))).toMatch(
    /\/article\/long-read$/,
  )
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('status')).toHaveText('Link copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/article\/long-read$/)
})

test('an article is read aloud in its language, paused, gone on with and stopped', async ({
  page,
  context,
}) => {
  await giveVoice(context)
  await page.goto('/uk/article/pinned-lead')
  await page.getByRole('button', { name: 'Слухати' }).press('Enter')
  await expect.poll(() => listSpoken(page)).toMatch(/^uk-UA: /)
  await expect(page.locator('h1[data-spoken]')).toBeVisible()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Пауза' }).press('Enter')
  await expect.poll(() => listSpoken(page)).toMatch(/cancel$/)
  await page.getByRole('button', { name: 'Продовжити' }).press('Enter')
  const stop = page.getByRole('button', { name: 'Зупинити' })
  await stop.press('Enter')
  await expect(stop).toBeHidden()
  await expect(page.getByRole('button', { name: 'Слухати' })).toBeFocused()
})

test('where the device has no voice for the language, listening is not offered', async ({
  page,
}) => {
  await page.goto('/article/long-read')
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Listen' })).toBeHidden()
})

test('the contents of a long article mark the section that is read', async ({ page }) => {
  await page.goto('/article/long-read')
  await ready(page)
  const current = page.locator('.contents [aria-current]')
  await page
    .locator('.prose h2')
    .nth(3)
    .evaluate((heading) => heading.scrollIntoView())
  await expect(current).toHaveText(String(await page.locator('.prose h2').nth(3).textContent()))
  await page
    .locator('.prose h2')
    .nth(1)
    .evaluate((heading) => heading.scrollIntoView())
  await expect(current).toHaveText(String(await page.locator('.prose h2').nth(1).textContent()))
  // A jump from the end passes headings that are on no screen on the way.
  await page.getByRole('contentinfo').scrollIntoViewIfNeeded()
  await expect(current).toHaveText(String(await page.locator('.prose h2').last().textContent()))
  await page.evaluate(() => scrollTo(0, 0))
  await expect(current).toHaveCount(0)
})

test('theme and text size are chosen once, and hold before the first paint', async ({
  page,
  context,
}) => {
  await context.addInitScript(() =>
    requestAnimationFrame(() => {
      const { colorScheme } = getComputedStyle(document.documentElement)
      Object.assign(window, { firstScheme: document.body ? colorScheme : 'nothing to see' })
    }),
  )
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/')
  await page.getByRole('button', { name: 'Display' }).press('Enter')
  await page.getByRole('radio', { name: 'Dark' }).press('Space')
  await page.getByRole('radio', { name: 'Largest' }).check()
  expect(await findBarriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeHidden()

  await page.goto('/article/long-read')
  expect(await page.evaluate(() => ('firstScheme' in window ? window.firstScheme : ''))).toMatch(
    /^(dark|nothing to see)$/,
  )
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)')
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(20, 21, 15)')
  const size = await page.locator('.prose').evaluate((text) => getComputedStyle(text).fontSize)
  expect(Number.parseFloat(size)).toBeGreaterThan(24)
  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByRole('radio', { name: 'System' }).check()
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(251, 250, 247)')
})

test('/ leads to the search, j and k through the headlines, unless they are switched off', async ({
  page,
}) => {
  await page.goto('/latest')
  await ready(page)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(page.locator('main .teaser-title a').nth(1)).toBeFocused()
  await page.keyboard.press('k')
  await expect(page.locator('main .teaser-title a').first()).toBeFocused()
  await page.keyboard.press('/')
  await expect(page).toHaveURL(/\/search#_q$/)
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('/j')
  await expect(page.getByRole('searchbox')).toHaveValue('/j')

  await page.goto('/latest')
  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByRole('checkbox', { name: 'Keyboard shortcuts' }).uncheck()
  await page.keyboard.press('Escape')
  expect(await isTaken(page, '/')).toBe(false)
  expect(await isTaken(page, 'j')).toBe(false)
  await expect(page).toHaveURL('/latest')
})

test('no button is shown that does nothing: without JavaScript, and when modules do not come', async ({
  browser,
  page,
}) => {
  const paths = ['/', '/article/long-read', '/latest', '/saved']
  await page.route('**/reader/**', (route) => route.abort())
  for (const path of paths) {
    await page.goto(path)
    await expect(page.locator('main button:visible, header button:visible')).toHaveCount(0)
  }
  const context = await browser.newContext({ javaScriptEnabled: false })
  const plain = await context.newPage()
  for (const path of paths) {
    await plain.goto(path)
    await expect(plain.locator('main button:visible, header button:visible')).toHaveCount(0)
  }
  await expect(plain.getByText('needs JavaScript')).toBeVisible()
  await context.close()
})

test('nothing moves when the tools arrive', async ({ page, context }) => {
  // Letters of another font may move as well: this is about the tools.
  await context.route('**/*.woff2', (route) => route.abort())
  for (const width of [360, 768, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 })
    for (const path of [
      '/',
      '/article/long-read',
      '/latest',
      '/saved',
      '/uk',
      '/uk/article/pinned-lead',
    ]) {
      await page.goto(path)
      await complete(page)
      expect(await listShifts(page), `${path} at ${width}px`).toEqual([])
    }
  }
})

test.describe('from far away', () => {
  test.use({ serviceWorkers: 'block' })

  test('a page is painted when its first part is there, or all of it', async ({ page, site }) => {
    const line = await openSlowLine(site.port, 800)
    const isPainted = () => page.evaluate(() => performance.getEntriesByType('paint').length > 0)
    for (const path of ['/latest', '/uk/search?q=note', '/mood/90-days']) {
      const opened = page.goto(line.url + path, { waitUntil: 'commit' })
      while (line.sendNext() > 1000) await pieceShown(page)
      await opened
      expect(await isPainted(), path).toBe(false)
      while (line.sendNext() > 0);
      await expect.poll(isPainted, path).toBe(true)
    }
    for (const [path, shown, rest] of [
      ['/', '.river li >> nth=-1', '.site-footer'],
      ['/article/long-read', '.prose p >> nth=0', '.article-footer'],
    ] as const) {
      const opened = page.goto(line.url + path, { waitUntil: 'commit' })
      while (line.sendNext() > 8000) await pieceShown(page)
      await opened
      await expect.poll(isPainted, path).toBe(true)
      await expect(page.locator(shown)).toBeVisible()
      await expect(page.locator(rest)).toHaveCount(0)
      while (line.sendNext() > 0);
      await expect(page.locator(rest)).toHaveCount(1)
    }
    await line.close()
  })

  test('nothing moves while the rest of a page arrives piece by piece', async ({
    page,
    context,
    site,
  }) => {
    await context.route('**/*.woff2', (route) => route.abort())
    const line = await openSlowLine(site.port, 800)
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      for (const path of [
        '/',
        '/article/figure-corrected',
        '/article/table-of-halvings',
        '/about',
        '/uk/article/pinned-lead',
      ]) {
        const opened = page.goto(line.url + path)
        while (line.sendNext() > 0) await pieceShown(page)
        await opened
        await complete(page)
        expect(await listShifts(page), `${path} at ${width} px`).toEqual([])
      }
    }
    await line.close()
  })
})

/** Two frames after a piece was sent, or time for them where the page holds its painting back. */
const pieceShown = (page: Page) =>
  page
    .evaluate(
      () =>
        new Promise((done) => {
          requestAnimationFrame(() => requestAnimationFrame(done))
          setTimeout(done, 40)
        }),
    )
    // The page before this one has gone meanwhile.
    .catch(() => undefined)

test('a page for reading runs modules of ours alone, 12 KB in all with everything in use', async ({
  page,
  context,
}) => {
  await giveVoice(context)
  const scripts = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname)
  })
  await page.goto('/article/long-read')
  await page.getByRole('button', { name: 'Listen' }).click()
  await page.locator('.article-tools .save-button').click()
  await page.goto('/')
  await page.goto('/category/markets')
  await page.getByRole('button', { name: 'Follow' }).click()
  await page.goto('/following')
  await expect(page.locator('[data-list="followed"] li')).toHaveCount(1)
  await page.goto('/saved')
  await expect(page.locator('.stored-list li')).toHaveCount(1)
  await page.goto('/search?q=note')
  await live(page)
  const paths = [...scripts].filter((path) => path !== '/sw.js')
  expect(paths.filter((path) => !path.startsWith('/_next/static/reader/'))).toEqual([])
  let total = 0
  for (const path of paths) {
    const response = await page.request.get(path)
    total += gzipSync(await response.body(), { level: 9 }).length
  }
  expect(paths.length).toBeGreaterThan(5)
  expect(total).toBeLessThan(12_000)
})

test('the panel and the tools keep their borders in forced colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await page.goto('/article/long-read')
  await page.getByRole('button', { name: 'Display' }).click()
  await expect(page.locator('#_settings')).toHaveCSS('border-top-style', 'solid')
  await page.keyboard.press('Escape')
  const save = page.locator('.article-tools .save-button')
  await save.click()
  await expect(save.locator('path')).not.toHaveCSS('fill', 'none')
})
