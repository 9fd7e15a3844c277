import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type Site, startSite } from './site.ts'

/*
 * One build serves any paper: this one has another name, other colours, and is read in English, Polish
 * and Arabic, of which the engine has a partial dictionary.
 */
const config = `import { defineSite } from 'dateline/site'

export default defineSite({
  name: 'The Ledger',
  tagline: { en: 'Money, counted', pl: 'Pieniądze, policzone', ar: 'المال معدودًا' },
  description: 'News about money.',
  foundedAt: '2020-05-01',
  timeZone: 'Europe/Warsaw',
  languages: ['en', 'pl', 'ar'],
  defaultLanguage: 'en',
  sections: [
    { key: 'MARKETS', names: { en: 'Markets', pl: 'Rynki', ar: 'الأسواق' } },
    { key: 'BANKS', names: { en: 'Banks', pl: 'Banki', ar: 'البنوك' } },
    { key: 'PEOPLE', names: 'People', inMenu: false },
  ],
  footerLinks: [{ label: { en: 'Jobs', pl: 'Praca' }, url: 'https://jobs.example/' }],
  publisher: {
    name: 'Ledger Press',
    legalName: 'Ledger Press Ltd',
    sameAs: ['https://social.example/@ledger'],
    contacts: { readers: 'hello@ledger.example', security: 'security@ledger.example' },
  },
  theme: { light: { paper: '#ffffff', ink: '#102030', accent: '#005a9c' } },
  words: { ar: { breadcrumbs: 'المسار' } },
  scripts: [{ src: 'https://stats.example/s.js', allow: ['https://events.example'] }],
})
`

const article = (title: string, category: string, at: string) => `---
title: ${title}
publishedAt: '2026-11-${at}'
category: ${category}
coverImage: { raw: 'https://images.unsplash.com/photo-1', credit: { name: A. Lens, url: 'https://unsplash.com/@lens' } }
---
## ${title}

Text of the article.
`

const files = {
  'site.config.ts': config,
  'content/articles/en/2026/11/vault.md': article('A vault opens', 'BANKS', '20T09:30:00Z'),
  'content/articles/en/2026/11/coin.md': article('A coin falls', 'MARKETS', '21T09:30:00Z'),
  'content/articles/en/2026/11/odd.md': article('Something odd', 'ODDITIES', '22T09:30:00Z'),
  'content/articles/pl/2026/11/vault.md': article('Skarbiec otwarty', 'BANKS', '20T23:30:00Z'),
  'content/articles/ar/2026/11/vault.md': article('فتح الخزنة', 'BANKS', '20T09:30:00Z'),
}

let site: Site
let paperDir = ''

test.beforeAll(async () => {
  paperDir = await mkdtemp(join(tmpdir(), 'ledger-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(paperDir, path)), { recursive: true })
    await writeFile(join(paperDir, path), text)
  }
  // The journeys of this file may run in two workers, each with a site of its own.
  site = await startSite(40 + test.info().parallelIndex, { paperDir })
})
test.afterAll(async () => {
  await site?.stop()
  await rm(paperDir, { recursive: true, force: true })
})

const get = (path: string) => fetch(site.url + path)
const read = async (path: string) => (await get(path)).text()

test('names the engine nowhere', async () => {
  const paths = ['', '/pl', '/ar'].flatMap((prefix) => [
    prefix || '/',
    ...[
      '/latest',
      '/article/vault',
      '/article/vault.md',
      '/category/banks',
      '/archive',
      '/archive/2026/11',
      '/tags',
      '/sources',
      '/about',
      '/mood',
      '/corrections',
      '/feeds',
      '/saved',
      '/offline',
      '/search?q=vault',
      '/nowhere',
      '/rss.xml',
      '/atom.xml',
      '/feed.json',
      '/feeds.opml',
      '/manifest.webmanifest',
      '/opensearch.xml',
    ].map((path) => prefix + path),
  ])
  const documents = [
    '/llms.txt',
    '/robots.txt',
    '/.well-known/security.txt',
    '/sitemap.xml',
    '/news-sitemap.xml',
    '/api/openapi.json',
    '/api/articles',
    '/icon.svg',
  ]
  for (const path of [...paths, ...documents]) {
    const text = await read(path)
    // Names in code, which readers do not see: an attribute, an extension of a format.
    const seen = text
      .replaceAll(/data-dateline|`dateline:\$\{\w+\}`|_dateline/g, '')
      .match(/.{0,40}dateline.{0,40}/gi)
    expect(seen, path).toBeNull()
  }
})

test('has the menu of its editor: in order, and without categories that are no section', async ({
  page,
}) => {
  await page.goto(site.url)
  const menu = page.locator('nav.sections a')
  await expect(menu).toHaveText(['Latest', 'Markets', 'Banks'])
  expect((await get('/category/oddities')).status).toBe(200)
  await expect(page.locator('footer')).toContainText('Jobs')
  await expect(page.locator('footer')).not.toContainText('Oddities')
})

test('is painted in its colours, and runs the scripts it allows', async ({ page }) => {
  const response = await page.goto(site.url)
  const policy = response?.headers()['content-security-policy'] ?? ''
  expect(policy).toMatch(/script-src [^;]*https:\/\/stats\.example/)
  expect(policy).toMatch(/connect-src 'self' https:\/\/stats\.example https:\/\/events\.example;/)
  const colours = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement)
    return [backgroundColor, color]
  })
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(16, 32, 48)'])
  await expect(page.locator('head script[src="https://stats.example/s.js"]')).toHaveCount(1)
})

test('says who publishes it and where to write', async () => {
  expect(await read('/.well-known/security.txt')).toContain(
    'Contact: mailto:security@ledger.example',
  )
  const home = await read('/')
  expect(home).toContain('"name":"Ledger Press","legalName":"Ledger Press Ltd"')
  expect(await read('/about')).toContain('href="mailto:hello@ledger.example"')
  expect(await read('/rss.xml')).toContain('<title>The Ledger — Money, counted</title>')
  expect(JSON.parse(await read('/ar/manifest.webmanifest'))).toMatchObject({
    short_name: 'The Ledger',
    dir: 'rtl',
    theme_color: '#ffffff',
  })
  expect(await read('/article/vault')).toContain('utm_source=the-ledger')
})

test('speaks Polish, and tells times in its own zone', async () => {
  const page = await read('/pl/article/vault')
  expect(page).toMatch(/<html lang="pl"/)
  expect(page).not.toContain('dir="rtl"')
  expect(page).toContain('>Banki</a>')
  expect(page).toContain('21 listopada 2026 00:30 CET')
  const month = await read('/pl/archive/2026/11')
  expect(month).toContain('href="/pl/archive/2026/11#_day-2026-11-21"')
  expect(month).toMatch(/id="_day-2026-11-21"[^>]*><time[^>]*>21 listopada 2026</)
})

test('is set from right to left in Arabic, and shows English where words are missing', async ({
  page,
}) => {
  await page.goto(`${site.url}/ar/article/vault`)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.locator('nav.breadcrumbs')).toHaveAttribute('aria-label', 'المسار')
  await page.goto(`${site.url}/ar/feeds`)
  await expect(page.locator('main')).toContainText('Build your own feed')
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    for (const path of ['/ar', '/ar/article/vault', '/ar/search?q=x', '/pl']) {
      await page.goto(site.url + path)
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth - clientWidth
      })
      expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0)
    }
  }
})

test('searches in each of its languages while the reader types', async ({ page }) => {
  await page.goto(`${site.url}/pl/search`)
  await page.locator('#_q').fill('skarbiec')
  await expect(page.locator('.search-hits a').first()).toHaveAttribute('href', '/pl/article/vault')
  await expect(page).toHaveTitle('Wyniki dla „skarbiec” · The Ledger')
})

test('has icons of its first letter', async () => {
  const icon = await get('/icons/icon-192.png')
  expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/png'])
  const bytes = Buffer.from(await icon.arrayBuffer())
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([192, 192])
  expect(await readFile('brand/logo.svg', 'utf8')).not.toBe(await read('/icon.svg'))
})
