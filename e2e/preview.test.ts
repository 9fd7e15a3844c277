import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from './journey.ts'
import { findBarriers } from './page-state.ts'
import type { Site } from './site.ts'

const path = 'articles/uk/2026/11/unfinished-note.md'
const draft = (words: string) => `---
title: Нотатка, яку ще пишуть
publishedAt: '2026-11-01T09:00:00.000Z'
category: TRADING
tags: [BTC]
draft: true
---
${words}
`

/** What the editor's command prints, run beside the site. It may end with any exit code. */
async function runScript(
  { folder, url }: Site,
  name: string,
  parameters: string[],
  environment: object = {},
) {
  const env = {
    ...process.env,
    CONTENT_DIR: join(folder, 'content'),
    DATA_DIR: join(folder, 'data'),
    SITE_URL: url,
    PREVIEW_SECRET: '',
    PUBLISH_SECRET: '',
    ...environment,
  }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['cli/dateline.ts', name, ...parameters],
    { env },
  ).catch((failure) => failure)
  return stdout.trim()
}

test('an editor sees a draft as it was saved last, marked as not published', async ({
  desk,
  page,
  site,
}) => {
  await desk.write(path, draft('Перше слово.'))
  const link = await runScript(site, 'preview', [path])
  const response = await page.goto(link)
  expect(response?.status()).toBe(200)
  expect(response?.headers()).toMatchObject({
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex, nofollow',
    'content-security-policy': expect.stringContaining("script-src 'self'"),
  })
  await expect(page.locator('html')).toHaveAttribute('lang', 'uk')
  await expect(page.getByText('Попередній перегляд — не опубліковано')).toBeVisible()
  await expect(page.getByText('Це чернетка.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Нотатка, яку ще пишуть')
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex, nofollow')
  await expect(
    page.locator('link[rel=canonical], link[rel=alternate], script:not([data-dateline])'),
  ).toHaveCount(0)
  expect(await findBarriers(page)).toEqual([])

  await desk.write(path, draft('Друге слово.'))
  await page.reload()
  await expect(page.locator('.prose')).toHaveText('Друге слово.')
})

test('a scheduled and a withdrawn article say why nobody else can read them', async ({
  page,
  site,
}) => {
  await page.goto(await runScript(site, 'preview', ['articles/en/2099/01/fork-of-2099.md']))
  await expect(page.locator('.preview-banner')).toContainText('It is scheduled for 3 January 2099')
  await page.goto(await runScript(site, 'preview', ['articles/en/2026/09/claim-withdrawn.md']))
  await expect(page.locator('.preview-banner')).toContainText('It was withdrawn.')
  await page.goto('/article/long-read')
  await expect(page.locator('.preview-banner')).toHaveCount(0)
})

test('a forged, foreign or expired link is like any other address that does not exist', async ({
  request,
  site,
}) => {
  const file = 'articles/en/2026/09/notes-in-draft.md'
  const link = await runScript(site, 'preview', [file])
  const foreign = await runScript(site, 'preview', [file], {
    PREVIEW_SECRET: 'the secret of others',
  })
  expect((await request.get(link)).status()).toBe(200)
  const missing = await (await request.get('/nothing')).text()
  const forged = [
    foreign,
    link.replace('/en/notes-in-draft', '/en/fork-of-2099'),
    link.replace('notes-in-draft.md', 'figure-corrected.md'),
    link.replace(/expires=\d+/, 'expires=4102444800'),
    link.replace(/&signature=.*/, ''),
    '/preview/en/notes-in-draft',
    '/en/preview/notes-in-draft',
  ]
  for (const address of forged) {
    expect(address).not.toBe(link)
    const response = await request.get(address)
    expect([response.status(), await response.text()], address).toEqual([404, missing])
  }
  // A second or two.
  const short = await runScript(site, 'preview', [file, '--hours', '0.0003'])
  await expect.poll(async () => (await request.get(short)).status()).toBe(404)
})

test('a draft that was previewed appears nowhere else, and nothing is kept of it', async ({
  request,
  site,
}) => {
  const keptBytes = async () => (await (await request.get('/health')).json()).pageCache.memoryBytes
  const link = await runScript(site, 'preview', ['articles/en/2026/09/notes-in-draft.md'])
  // Tried again, because the site may be keeping other pages at the same time.
  await expect(async () => {
    const before = await keptBytes()
    expect(await (await request.get(link)).text()).toContain('Draftonlyword')
    expect(await keptBytes()).toBe(before)
  }).toPass({ timeout: 10_000 })
  expect((await request.get('/article/notes-in-draft')).status()).toBe(404)
  const lists = [
    '/',
    '/latest',
    '/category/trading',
    '/tag/btc',
    '/rss.xml',
    '/api/articles',
    '/archive',
  ]
  for (const address of [...lists, '/search?q=Draftonlyword']) {
    const html = await (await request.get(address)).text()
    expect(html, address).not.toMatch(/notes-in-draft|still a draft/)
  }
})

test('publishing on demand is for who knows the secret and says what is wrong with a file', async ({
  desk,
  request,
  site,
}) => {
  const broken = 'articles/en/2026/11/broken-note.md'
  await desk.write(
    broken,
    "---\ntitle: Broken\npublishedAt: 'soon'\ncategory: TRADING\n---\nText.\n",
  )
  const headers = { authorization: `Bearer ${site.publishSecret}` }
  const publish = (data?: object) => request.post('/api/publish', { headers, data })

  const stranger = await request.post('/api/publish', {
    headers: { authorization: 'Bearer guess' },
  })
  expect([stranger.status(), stranger.headers()['www-authenticate']]).toEqual([
    401,
    'Bearer realm="publish"',
  ])
  const misspelt = await publish({ path: [broken] })
  expect([misspelt.status(), (await misspelt.json()).error]).toEqual([
    400,
    expect.stringContaining('"path"'),
  ])

  const answer = await publish({ paths: [broken] })
  expect(answer.status()).toBe(200)
  expect(await answer.json()).toMatchObject({
    errorCount: 1,
    problems: [{ severity: 'error', file: broken, line: 3, field: 'publishedAt', found: '"soon"' }],
    milliseconds: expect.any(Number),
  })
  const whole = await (await publish()).json()
  expect(whole.problems).toContainEqual(expect.objectContaining({ file: broken, line: 3 }))
  expect(whole.unchanged).toBeGreaterThan(30)
})

test('the editor’s command publishes through the site and beside it', async ({
  desk,
  request,
  site,
}) => {
  const note = 'articles/en/2026/11/published-note.md'
  await desk.write(note, draft('Words.').replace('draft: true', 'lang: en'))
  const secret = { PUBLISH_SECRET: site.publishSecret }
  const throughSite = await runScript(site, 'publish', ['--json', note], secret)
  expect(JSON.parse(throughSite)).toMatchObject({ errorCount: 0, problems: [] })
  expect((await request.get('/article/published-note')).status()).toBe(200)

  await desk.write(note, draft('Words.'))
  const beside = await runScript(site, 'publish', ['--json', note])
  expect(JSON.parse(beside)).toMatchObject({ errorCount: 0, problems: [] })
  expect((await request.get('/article/published-note')).status()).toBe(404)
})
