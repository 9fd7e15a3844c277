import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from 'feedsmith'
import { expect, test } from './journey.ts'

test('a feed reader gets full articles with stable ids and pictures', async ({
  request,
  baseURL,
}) => {
  const response = await request.get('/rss.xml')
  expect(response.headers()['content-type']).toBe('application/rss+xml; charset=utf-8')
  const feed = parseRssFeed(await response.text())
  expect(feed.atom?.links?.[0]).toMatchObject({ href: `${baseURL}/rss.xml`, rel: 'self' })
  const articles = feed.items ?? []
  expect(articles).toHaveLength(50)
  expect(new Set(articles.map(({ guid }) => guid?.value)).size).toBe(50)

  const covered = articles.find(({ title }) => title === 'A cover with six variants and a credit')
  expect(covered?.enclosures?.[0]?.url).toBe(covered?.media?.groups?.[0]?.contents?.[0]?.url)
  expect(covered?.content?.encoded).toContain('<p>')
  expect(covered?.categories?.map(({ name }) => name)).toContain('Trading')
  expect(covered?.source?.title).toBe('Sample Wire')
  expect(covered?.dc?.creators).toEqual(['Dateline'])
})

test('a feed reader that has the feed hears 304 by etag and by date, and may ask by HEAD', async ({
  request,
}) => {
  // What was made within this second has no date yet: more may change in it.
  const dateOf = async () => (await request.get('/rss.xml')).headers()['last-modified']
  await expect.poll(dateOf).toBeTruthy()
  const { etag = '', 'last-modified': lastModified = '' } = (
    await request.get('/rss.xml')
  ).headers()
  const ask = async (headers: Record<string, string>) =>
    (await request.get('/rss.xml', { headers })).status()
  expect(await ask({ 'if-none-match': etag })).toBe(304)
  expect(await ask({ 'if-modified-since': lastModified })).toBe(304)
  expect(await ask({ 'if-none-match': '"other"' })).toBe(200)
  const head = await request.head('/rss.xml')
  expect([head.status(), head.headers().etag]).toEqual([200, etag])
})

test('every listing has its feed, and pages name theirs', async ({ page, request }) => {
  await page.goto('/category/mining')
  const link = page.locator('link[type="application/rss+xml"][href*="/category/mining/"]')
  const address = (await link.getAttribute('href')) ?? ''
  const feed = parseRssFeed(await (await request.get(address)).text())
  expect(feed.items?.map(({ title }) => title)).toEqual(['A table of halvings'])
  expect((await request.get('/category/unheard-of/rss.xml')).status()).toBe(404)
})

test('an edit, a rename and a second publishing keep the id of an article', async ({
  desk,
  request,
}) => {
  const text = (title: string, aliases = '') => `---
title: ${title}
publishedAt: '2026-10-05T09:00:00.000Z'
category: TRADING
${aliases}---
A note.
`
  const idOf = async (title: string) => {
    const feed = parseRssFeed(await (await request.get('/rss.xml')).text())
    return feed.items?.find((article) => article.title === title)?.guid?.value
  }
  await desk.write('articles/en/2026/10/a-note.md', text('A note'))
  await expect.poll(() => idOf('A note'), { timeout: 10_000 }).toBeTruthy()
  const id = await idOf('A note')

  await desk.write('articles/en/2026/10/a-note.md', text('A note, edited'))
  await expect.poll(() => idOf('A note, edited'), { timeout: 10_000 }).toBe(id)

  await desk.remove('articles/en/2026/10/a-note.md')
  await desk.write('articles/en/2026/10/b-note.md', text('A note, moved', 'aliases: [a-note]\n'))
  await expect.poll(() => idOf('A note, moved'), { timeout: 10_000 }).toBe(id)

  const moved = text('A note, moved', 'aliases: [a-note]\n')
  const path = 'articles/en/2026/10/b-note.md'
  const changedAt = async () =>
    Date.parse(parseRssFeed(await (await request.get('/rss.xml')).text()).lastBuildDate ?? '')
  const before = Date.now() - 1000
  await desk.write(path, moved.replace('category:', 'withdrawn: true\ncategory:'))
  await expect.poll(() => idOf('A note, moved'), { timeout: 10_000 }).toBeUndefined()
  // An article that has left changes the feed's date as well.
  expect(await changedAt()).toBeGreaterThan(before)
  await desk.write(path, moved.replace('2026-10-05', '2026-11-01').replace('moved', 'again'))
  await expect.poll(() => idOf('A note, again'), { timeout: 10_000 }).toBe(id)
})

test('Atom and JSON Feed say what RSS says, and are cached alike', async ({ request }) => {
  const read = async (path: string) => (await request.get(path)).text()
  // What an earlier journey wrote may be going just now.
  await expect(async () => {
    const ids = parseRssFeed(await read('/rss.xml')).items?.map(({ guid }) => guid?.value)
    expect(parseAtomFeed(await read('/atom.xml')).entries?.map(({ id }) => id)).toEqual(ids)
    expect(parseJsonFeed(await read('/feed.json')).items?.map(({ id }) => id)).toEqual(ids)
  }).toPass({ timeout: 10_000 })
  const [atom, json] = await Promise.all([request.get('/atom.xml'), request.get('/feed.json')])
  expect(atom.headers()['content-type']).toBe('application/atom+xml; charset=utf-8')
  expect(json.headers()['content-type']).toBe('application/feed+json; charset=utf-8')
  for (const response of [atom, json]) {
    const { etag = '' } = response.headers()
    const again = await request.get(response.url(), { headers: { 'if-none-match': etag } })
    expect(again.status()).toBe(304)
  }
})

test('a feed is chosen by category, tag, source and sentiment, without scheduled or withdrawn articles', async ({
  request,
}) => {
  const titles = async (path: string) => {
    const response = await request.get(path)
    expect(response.status(), path).toBe(200)
    return parseRssFeed(await response.text()).items?.map(({ title }) => title) ?? []
  }
  const whole = await titles('/rss.xml?category=markets&source=market_wire&sentiment=neutral')
  expect(whole).toHaveLength(30)
  expect(await titles('/source/market_wire/rss.xml?sentiment=positive')).toEqual([])
  expect(await titles('/tag/market-notes/rss.xml?category=markets')).toEqual(whole)
  const every = await Promise.all(
    ['positive', 'neutral', 'negative'].map((tone) => titles(`/rss.xml?sentiment=${tone}`)),
  )
  expect(every.flat().filter((title) => /draft|2099|withdrawn/i.test(title ?? ''))).toEqual([])
})

test('the list of feeds leads to feeds, and a chosen one opens without scripts', async ({
  page,
  request,
}) => {
  await page.goto('/uk')
  await page.getByRole('link', { name: 'Стрічки новин' }).click()
  await expect(page).toHaveURL('/uk/feeds')
  const links = await page
    .locator('.feed-list a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  for (const link of links) expect((await request.get(link)).status(), link).toBe(200)
  expect(links.length).toBeGreaterThanOrEqual(9)

  await page.goto('/feeds')
  await page.getByLabel('Tone').selectOption('neutral')
  const opened = page.waitForResponse((response) => response.url().includes('sentiment=neutral'))
  await page.getByRole('button', { name: 'Open as JSON Feed' }).click()
  await opened
  await expect(page).toHaveURL('/feed.json?sentiment=neutral')
})

test('a feed reader imports the feeds of a language', async ({ request, baseURL }) => {
  const response = await request.get('/uk/feeds.opml')
  const [whole, ...folders] = parseOpml(await response.text()).body?.outlines ?? []
  expect(whole?.xmlUrl).toBe(`${baseURL}/uk/rss.xml`)
  for (const { xmlUrl = '' } of folders.flatMap(({ outlines = [] }) => outlines)) {
    expect((await request.get(xmlUrl)).status(), xmlUrl).toBe(200)
  }
})
