import { expect, test } from './journey.ts'

test('nothing unpublished is served at any address', async ({ request }) => {
  const hidden = {
    '/article/notes-in-draft': 404,
    '/article/fork-of-2099': 404,
    '/article/claim-withdrawn': 410,
    '/article/notes-in-draft-uk': 404,
    '/uk/article/written-by-people': 404,
    '/article/no-title-no-date': 404,
    '/archive/2099/01': 404,
  }
  for (const [path, status] of Object.entries(hidden)) {
    expect((await request.get(path)).status(), path).toBe(status)
  }
  const lists = [
    '/',
    '/latest',
    '/latest/page/2',
    '/category/trading',
    '/tag/btc',
    '/rss.xml',
    '/atom.xml',
    '/feed.json',
    '/api/articles?limit=100',
  ]
  for (const path of [...lists, '/source/sample_wire', '/uk', '/search?q=draft+fork+withdrawn']) {
    const text = await (await request.get(path)).text()
    expect(text, path).not.toMatch(/notes-in-draft|fork-of-2099|claim-withdrawn|Brokenfileword/)
  }
})

test('every other address of a page leads to the one true address for good', async ({
  request,
}) => {
  const moved = {
    '/article/vault-first-name': '/article/vault-renamed',
    '/article/vault-second-name': '/article/vault-renamed',
    '/en/article/vault-renamed': '/article/vault-renamed',
    '/article/vault-renamed/': '/article/vault-renamed',
    '/Article/Vault-Renamed': '/article/vault-renamed',
    '/latest/page/1': '/latest',
  }
  for (const [path, location] of Object.entries(moved)) {
    const response = await request.get(path, { maxRedirects: 0 })
    expect([response.status(), response.headers().location], path).toEqual([308, location])
  }
})

test('the head of an article tells machines what people see', async ({ page, baseURL }) => {
  await page.goto('/article/figure-corrected')
  const head = (selector: string, attribute: string) =>
    page.locator(`head ${selector}`).first().getAttribute(attribute)
  expect(await page.title()).toBe('A figure that was corrected twice · Dateline')
  const url = `${baseURL}/article/figure-corrected`
  expect(await head('link[rel=canonical]', 'href')).toBe(url)
  expect(await head('meta[property="og:url"]', 'content')).toBe(url)
  expect(await head('meta[property="og:type"]', 'content')).toBe('article')
  expect(await head('meta[name="robots"]', 'content')).toContain('max-image-preview:large')
  expect(await head('meta[name="twitter:card"]', 'content')).toBeTruthy()
  expect(await head('link[hreflang=uk]', 'href')).toBe(`${baseURL}/uk/article/figure-corrected`)
  expect(await head('link[hreflang=x-default]', 'href')).toBe(url)

  const blocks = await page.locator('script[type="application/ld+json"]').allTextContents()
  const described = blocks.flatMap((block) => {
    const parsed = JSON.parse(block)
    return parsed['@graph'] ?? parsed
  })
  expect(described.find((thing) => thing['@type'] === 'NewsArticle')).toMatchObject({
    headline: 'A figure that was corrected twice',
    datePublished: '2026-09-02T09:00:00.000Z',
    inLanguage: 'en',
  })
})

test('an article asks to be left out of search, or names where it really lives', async ({
  page,
}) => {
  await page.goto('/article/kept-from-search')
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/)
  await page.goto('/article/published-elsewhere')
  await expect(page.locator('link[rel=canonical]')).not.toHaveAttribute('href', /localhost/)
})

test('pages for reading leave without the framework’s runtime, and with a strict policy', async ({
  request,
}) => {
  for (const path of ['/', '/article/long-read', '/category/trading', '/archive', '/nothing']) {
    const response = await request.get(path)
    const html = await response.text()
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
    expect(
      scripts.filter((tag) => !tag.includes('application/ld+json')),
      path,
    ).toEqual([])
    expect(html, path).not.toMatch(/as="script"|self\.__next_f|<template|hidden="" id="S:/)
    expect(response.headers()['content-security-policy'], path).toContain("script-src 'self'")
  }
})

test('a page is fetched once and then confirmed', async ({ request }) => {
  const first = await request.get('/article/long-read')
  const etag = first.headers().etag ?? ''
  expect(etag).toMatch(/^"/)
  const again = await request.get('/article/long-read', { headers: { 'if-none-match': etag } })
  expect(again.status()).toBe(304)
  const head = await request.head('/article/long-read')
  expect([head.status(), await head.text()]).toEqual([200, ''])
  expect(head.headers()['cache-control']).toContain('s-maxage')
})

test('health names what is indexed', async ({ request }) => {
  const health = await (await request.get('/health')).json()
  expect(health.status).toBe('ok')
  expect(health.index.errorCount).toBeGreaterThan(0)
  expect(health.index.visibleCount.en).toBeGreaterThan(30)
})
