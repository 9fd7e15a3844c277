import { createHash } from 'node:crypto'
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
    const scripts = [...html.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gs)]
    const [ours, ...others] = scripts.filter(([tag]) => !tag.includes('application/ld+json'))
    expect(others, path).toEqual([])
    expect(ours?.[1], path).toMatch(/data-page="\/_next\/static\/reader\/[\w.-]+\.js"/)
    const digest = createHash('sha256')
      .update(ours?.[2] ?? '')
      .digest('base64')
    expect(html, path).not.toMatch(/as="script"|self\.__next_f|<template|hidden="" id="S:/)
    const policy = response.headers()['content-security-policy']
    expect(policy, path).toContain("script-src 'self'")
    expect(policy, path).toContain(`'sha256-${digest}'`)
    expect(policy, path).not.toMatch(/script-src[^;]*unsafe/)
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

const locations = (xml: string) =>
  Array.from(xml.matchAll(/<loc>([^<]+)<\/loc>/g), ([, url = '']) => url)

test('every address in the sitemaps is a page, its own canonical, and offered to search engines', async ({
  request,
}) => {
  const index = await request.get('/sitemap.xml')
  expect(index.headers()['content-type']).toBe('application/xml; charset=utf-8')
  const urls: string[] = []
  for (const part of locations(await index.text())) {
    urls.push(...locations(await (await request.get(part)).text()))
  }
  const news = await (await request.get('/news-sitemap.xml')).text()
  urls.push(...locations(news))
  expect(urls.length).toBeGreaterThan(80)
  expect(urls.join('\n')).not.toMatch(
    /notes-in-draft|fork-of-2099|claim-withdrawn|kept-from-search|published-elsewhere|no-title/,
  )
  for (const url of urls) {
    const response = await request.get(url, { maxRedirects: 0 })
    expect(response.status(), url).toBe(200)
    const head = (await response.text()).split('</head>')[0] ?? ''
    const [, canonical = ''] = /<link rel="canonical" href="([^"]*)"/.exec(head) ?? []
    expect(new URL(canonical).href).toBe(url)
    expect(head, url).toContain('<meta name="robots" content="index, follow')
  }
})

test('the sitemap of a month stays as it is when an article of another month arrives', async ({
  request,
  desk,
}) => {
  const etagOf = async () => (await request.get('/sitemaps/en/2026-03.xml')).headers().etag
  const before = await etagOf()
  await desk.write('articles/en/2026/01/from-january.md', note('From January', '2026-01-05'))
  const january = '/sitemaps/en/2026-01.xml'
  await expect
    .poll(async () => (await request.get(january)).text(), { timeout: 15_000 })
    .toContain('/article/from-january</loc>')
  expect(await etagOf()).toBe(before)
})

test('pages describe themselves in structured data', async ({ page, baseURL }) => {
  const typesAt = async (path: string) => {
    await page.goto(path)
    const blocks = await page.locator('script[type="application/ld+json"]').allTextContents()
    return blocks.flatMap((block) => JSON.parse(block)['@graph'])
  }
  const home = await typesAt('/')
  expect(home.map((thing) => thing['@type'])).toEqual(['WebSite', 'NewsMediaOrganization'])
  expect(home[0].potentialAction.target.urlTemplate).toBe(
    `${baseURL}/search?q={search_term_string}`,
  )
  const [listing, breadcrumbs] = await typesAt('/category/markets/page/2')
  expect(listing['@type']).toBe('CollectionPage')
  expect(listing.mainEntity.itemListElement[0].position).toBe(25)
  const links = await page
    .locator('.listing-articles h2 a')
    .evaluateAll((found) =>
      found.map((link) => (link instanceof HTMLAnchorElement ? link.href : '')),
    )
  expect(listing.mainEntity.itemListElement.map(({ url }: { url: string }) => url)).toEqual(links)
  expect(breadcrumbs.itemListElement).toHaveLength(2)
})

test('a hostile title harms neither the head, nor the structured data, nor the Markdown', async ({
  page,
  request,
}) => {
  await page.goto('/article/title-hostile')
  const title = '</script><script>document.title="owned"</script> & "quotes" <b>bold</b>'
  await expect(page.locator('h1')).toContainText('& “quotes” <b>bold</b>')
  const described = await page.locator('script[type="application/ld+json"]').first().textContent()
  expect(JSON.parse(described ?? '')['@graph'][0].headline).toBe(title)
  await expect(page.locator('meta[property="og:title"]')).toHaveAttribute('content', title)
  const markdown = await (await request.get('/article/title-hostile.md')).text()
  const [, header = ''] = /^title: (.*)$/m.exec(markdown) ?? []
  expect(JSON.parse(header)).toBe(title)
})

test('every page has a picture to share, of the size it names', async ({ page, request }) => {
  for (const path of ['/', '/uk/about', '/tag/market-notes', '/article/cover-none']) {
    await page.goto(path)
    const url = await page.locator('meta[property="og:image"]').getAttribute('content')
    const response = await request.get(url ?? '')
    expect([response.status(), response.headers()['content-type']], path).toEqual([
      200,
      'image/jpeg',
    ])
    const size = await page.evaluate(
      async (source) => {
        const image = new Image()
        image.src = source
        await image.decode()
        return [image.naturalWidth, image.naturalHeight]
      },
      new URL(url ?? '').pathname,
    )
    expect(size, path).toEqual([1200, 630])
  }
})

test('a page names its icons, its manifest, its search and its Markdown', async ({
  page,
  request,
}) => {
  await page.goto('/uk/article/figure-corrected')
  const links = await page
    .locator(
      'head link:is([rel=icon], [rel=manifest], [rel=search], [rel=apple-touch-icon], [type="text/markdown"])',
    )
    .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))
  expect(links).toHaveLength(6)
  for (const href of links) expect((await request.get(href)).status(), href).toBe(200)
  const { icons } = await (await request.get('/uk/manifest.webmanifest')).json()
  for (const { src } of icons) expect((await request.get(src)).status(), src).toBe(200)
})

test('a tag with one article is not for search engines', async ({ page }) => {
  await page.goto('/article/cover-none')
  const robots = page.locator('meta[name=robots]')
  await page.goto('/source/market_wire')
  await expect(robots).toHaveAttribute('content', /^index/)
  await page.goto('/tag/layer-2')
  await expect(robots).toHaveAttribute('content', /noindex, follow/)
})

function note(title: string, day: string): string {
  return `---
title: ${title}
publishedAt: '${day}T12:00:00.000Z'
category: MARKETS
---
A note.
`
}
