import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { logTo } from '#lib/node/log.ts'
import { openBodyCompiler } from './body-compiler.ts'
import { type BodyStore, openBodyStore } from './body-store.ts'
import { type BodyRequest, fillMarkup, type Markup } from './compiled-body.ts'

const requestOf = (body: string, more: Partial<BodyRequest> = {}): BodyRequest => ({
  body,
  locale: 'en',
  siteUrl: 'https://dateline.test',
  articleUrl: 'https://dateline.test/article/a',
  ...more,
})

function open(store?: BodyStore, maxBytes?: number) {
  const lines: string[] = []
  const compiler = openBodyCompiler({ store, log: logTo(lines), ...(maxBytes && { maxBytes }) })
  onTestFinished(() => compiler.close())
  return { ...compiler, lines }
}

async function openFolder() {
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-bodies-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const lines: string[] = []
  return {
    dataDir,
    lines,
    openStore: () => openBodyStore({ dataDir, log: logTo(lines), now: () => new Date() }),
  }
}

const toHtml = (markup: Markup | undefined) =>
  fillMarkup(markup ?? { texts: ['nothing'], holes: [] }, ({ path }) => path)

it('makes the page and the feed of one body: set for the page, absolute for the feed', async () => {
  const { page, feed, headings } = await open().compile(
    requestOf('## Old -- "new"\n\n[a](/article/b) ![c](media/c.png) [d](e)\n\n| a |\n|---|\n| 1 |'),
  )
  expect(headings).toEqual([{ id: 'old-new', text: expect.stringContaining('“new”'), depth: 2 }])
  expect(toHtml(page)).toContain('“new”')
  expect(toHtml(page)).toContain('<a href="/article/b">a</a> <img src="/media/c.png"')
  expect(toHtml(page)).toContain('role="region"')
  expect(page.holes).toEqual([
    { kind: 'link', path: '/article/b' },
    { kind: 'picture', path: '/media/c.png' },
  ])
  expect(toHtml(feed)).toContain('"new"')
  expect(toHtml(feed)).toContain('href="https://dateline.test/article/e"')
  expect(toHtml(feed)).not.toContain('role=')
})

it('gives a picture every attribute that it has, and lets no value end its place', async () => {
  const { page } = await open().compile(requestOf('![a "b"](/media/c.png) [x](/article/y)'))
  const html = fillMarkup(page, ({ kind }) =>
    kind === 'link'
      ? '/"><script>'
      : { src: '/media/c.png?w=4&x', srcSet: '/a 4w', width: 4, sizes: undefined },
  )
  expect(html).toContain('<img src="/media/c.png?w=4&amp;x" srcset="/a 4w" width="4" alt=')
  expect(html).toContain('href="/&quot;&gt;&lt;script&gt;"')
  expect(html).not.toContain('sizes')
})

it('takes no text of a body for a place of its own', async () => {
  const body = '/hole-00000000-0000-0000-0000-000000000000-0- [a](/hole-1-) `/hole-0-`'
  const { page } = await open().compile(requestOf(body))
  expect(page.holes).toEqual([{ kind: 'link', path: '/hole-1-' }])
  expect(toHtml(page)).toContain('/hole-00000000-0000-0000-0000-000000000000-0-')
})

it('has one body compiled once for all who ask, and keeps it in memory', async () => {
  const writes: string[] = []
  const store: BodyStore = { find: () => undefined, write: (key) => writes.push(key), close() {} }
  const { compile, byteLength } = open(store)
  const asked = await Promise.all([1, 2, 3].map(() => compile(requestOf('Text.'))))
  await compile(requestOf('Text.'))
  expect(new Set(asked).size).toBe(1)
  expect(writes).toHaveLength(1)
  expect(byteLength()).toBeGreaterThan(0)
  await compile(requestOf('Text.', { locale: 'uk' }))
  await compile(requestOf('Text.', { articleUrl: undefined }))
  expect(new Set(writes).size).toBe(3)
})

it('holds no more in memory than it may', async () => {
  const { compile, byteLength } = open(undefined, 2000)
  for (const name of ['a', 'b', 'c', 'd']) await compile(requestOf(name.repeat(300)))
  expect(byteLength()).toBeLessThanOrEqual(2000)
  expect(byteLength()).toBeGreaterThan(1000)
})

it('lets no ordinary body wait for large ones', async () => {
  const { compile } = open()
  await compile(requestOf('Warm.'))
  const done: string[] = []
  const large = Promise.all(
    [1, 2, 3].map(async (number) => {
      await compile(requestOf(`${number} ${'A *large* [body](/a). '.repeat(2400)}`))
      done.push('large')
    }),
  )
  await compile(requestOf('Small.'))
  done.push('small')
  await large
  expect(done).toEqual(['small', 'large', 'large', 'large'])
})

it('shows a body that cannot be compiled as plain text, and says so', async () => {
  const { compile, lines } = open()
  const { page } = await compile(requestOf(`One <b>.\n\n${'>'.repeat(30_000)}`))
  expect(toHtml(page)).toMatch(/^<p>One &lt;b&gt;\.<\/p>\n<p>&gt;/)
  expect(lines.join('')).toContain('https://dateline.test/article/a')
  expect(toHtml((await compile(requestOf('Next.'))).page)).toBe('<p>Next.</p>')
})

it('finds a body again after a restart', async () => {
  const { openStore } = await openFolder()
  const first = open(openStore())
  const compiled = await first.compile(requestOf('A [link](/a) in a text.'))
  await first.close()
  const store = openStore()
  const found: unknown[] = []
  const second = open({
    ...store,
    find(key) {
      const known = store.find(key)
      found.push(known)
      return known
    },
  })
  expect(await second.compile(requestOf('A [link](/a) in a text.'))).toEqual(compiled)
  expect(found).toEqual([compiled])
})

it('compiles again what a damaged store has lost', async () => {
  const { dataDir, openStore } = await openFolder()
  const first = open(openStore())
  await first.compile(requestOf('Text.'))
  await first.close()
  await writeFile(
    join(dataDir, 'bodies.sqlite'),
    'no database, and long enough to be one'.repeat(200),
  )
  const store = openStore()
  const second = open(store)
  expect(toHtml((await second.compile(requestOf('Text.'))).page)).toBe('<p>Text.</p>')
  await vi.waitFor(() => expect(openStore().find('no such key')).toBeUndefined())
})

it('gives the updates of a live story their time as a link to themselves, and boxes the key points', async () => {
  const body =
    '- Fact\n\n## 2026-03-02T10:00:00Z Opened -- "now"\n\nA.\n\n## 2026-03-02T09:30:00Z\n'
  const { page, feed, headings } = await open().compile(requestOf(body, { isLive: true }))
  const html = toHtml(page)
  expect(html).toContain('<aside class="key-points" aria-label="Key points">')
  expect(html).toMatch(
    /<h2 id="update-20260302-1000" class="update"><a href="#update-20260302-1000" class="update-time"><time datetime="2026-03-02T10:00:00.000Z" title="[^"]+">2 Mar, 10:00.UTC<\/time><\/a> Opened.— “now”<\/h2>/,
  )
  expect(html).toContain('id="update-20260302-0930"')
  expect(toHtml(feed)).toContain('href="https://dateline.test/article/a#update-20260302-1000"')
  expect(headings).toEqual([
    { id: 'update-20260302-1000', text: expect.stringMatching(/^Opened/), depth: 2 },
  ])
  // The same text in another article is what it says.
  expect(toHtml((await open().compile(requestOf(body))).page)).not.toContain('class="update"')
})
