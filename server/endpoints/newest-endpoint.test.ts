import { describe, expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { WorkerBusyError } from '#lib/node/call-worker.ts'
import { serveInTest } from '../http/serve-in-test.ts'
import { createNewestEndpoint } from './newest-endpoint.ts'

const vault = articleWith({ slug: 'vault & co', publishedAt: '2026-03-02T09:00:00.000Z' })

/** One article in every listing but those of the tag `empty`, and the listings that were asked for. */
function open(list?: Parameters<typeof createNewestEndpoint>[1]) {
  const live = { body: '## 2026-03-02T10:00:00Z B\n\n## 2026-03-02T09:30:00Z A\n' }
  const asked: string[] = []
  const index: Parameters<typeof createNewestEndpoint>[0] = {
    findArticle: (_locale, slug) =>
      ['live', 'news'].includes(slug)
        ? articleWith({
            slug,
            kind: slug === 'live' ? 'live' : 'news',
            body: live.body,
          })
        : undefined,
    listArticles: ({ locale, scope }) => {
      asked.push(`${locale} ${JSON.stringify(scope)}`)
      const isEmpty = scope.kind === 'tag' && scope.segment === 'empty'
      const articles = isEmpty ? [] : [vault]
      return { articles, page: 1, pageCount: articles.length, articleCount: articles.length }
    },
  }
  const find = createNewestEndpoint(index, list)
  return { asked, live, ...serveInTest([{ name: 'newest', find }]) }
}

describe('createNewestEndpoint', () => {
  it('says which articles are the newest of a listing, by path and date', async () => {
    const { ask, asked } = open()
    expect(await (await ask('/category/layer-2/newest.json')).json()).toEqual([
      ['/article/vault%20%26%20co', '2026-03-02T09:00:00.000Z', 'Exchange opens a vault'],
    ])
    expect(asked).toEqual(['en {"kind":"category","segment":"layer-2"}'])
  })

  it('means everything in a language at the root', async () => {
    const { ask, asked } = open()
    await ask('/uk/newest.json')
    expect(asked).toEqual(['uk {"kind":"latest"}'])
  })

  it('says which updates a live story has, by anchor and time, and nothing of other articles', async () => {
    const { ask } = open()
    expect(await (await ask('/article/live/newest.json')).json()).toEqual([
      ['/article/live#update-20260302-1000', '2026-03-02T10:00:00.000Z'],
      ['/article/live#update-20260302-0930', '2026-03-02T09:30:00.000Z'],
    ])
    expect((await ask('/article/news/newest.json')).status).toBe(404)
    expect((await ask('/article/none/newest.json')).status).toBe(404)
  })

  it('reads a live story again when its text is another one, or when that failed', async () => {
    const read: string[] = []
    const { ask, live } = open(async (body) => {
      read.push(body)
      if (body === 'busy') throw new WorkerBusyError()
      return [{ id: body, at: 'now' }]
    })
    const textAt = async () => await (await ask('/article/live/newest.json')).text()
    for (const body of ['a', 'a', 'b', 'a', 'busy', 'busy']) {
      live.body = body
      const text = await textAt()
      expect(text).toMatch(body === 'busy' ? /^Too much/ : `[["/article/live#${body}","now"]]`)
    }
    expect(read).toEqual(['a', 'b', 'busy', 'busy'])
  })

  it('has nothing of a story with a single article', async () => {
    expect((await open().ask('/story/vault/newest.json')).status).toBe(404)
  })

  it('says 304 to who holds it', async () => {
    const { ask } = open()
    const etag = (await ask('/newest.json')).headers.get('etag') ?? ''
    const again = await ask('/newest.json', { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('can only be read', async () => {
    const { ask } = open()
    expect((await ask('/newest.json', { method: 'POST' })).status).toBe(405)
  })

  it.each([
    '/article/newest.json',
    '/latest/page/2/newest.json',
    '/newest.json.txt',
    '/latest',
    '/tag/empty/newest.json',
  ])('leaves %s to others', async (path) => {
    const { ask } = open()
    expect((await ask(path)).status).toBe(404)
  })
})
