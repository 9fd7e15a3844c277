import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { findNewestEndpoint } from './newest-endpoint.ts'

const vault = articleWith({ slug: 'vault & co', publishedAt: '2026-03-02T09:00:00.000Z' })

/** The endpoint at a path on a server of its own, and the listings it asked for. */
function open(pathname: string) {
  const asked: string[] = []
  const endpoint = findNewestEndpoint(pathname, {
    listArticles: ({ locale, scope }) => {
      asked.push(`${locale} ${JSON.stringify(scope)}`)
      return { articles: [vault], page: 1, pageCount: 1, articleCount: 1 }
    },
  })
  if (!endpoint) return undefined
  const server = createServer(endpoint).listen(0)
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const ask = (init?: RequestInit) => fetch(`http://127.0.0.1:${port}${pathname}`, init)
  return { ask, asked }
}

describe('findNewestEndpoint', () => {
  it('says which articles are the newest of a listing, by path and date', async () => {
    const site = open('/category/layer-2/newest.json')
    const answer = await site?.ask()
    expect(await answer?.json()).toEqual([
      ['/article/vault%20%26%20co', '2026-03-02T09:00:00.000Z'],
    ])
    expect(site?.asked).toEqual(['en {"kind":"category","segment":"layer-2"}'])
  })

  it('means everything in a language at the root', async () => {
    const site = open('/uk/newest.json')
    await site?.ask()
    expect(site?.asked).toEqual(['uk {"kind":"latest"}'])
  })

  it('says 304 to who has heard it', async () => {
    const site = open('/newest.json')
    const etag = (await site?.ask())?.headers.get('etag') ?? ''
    const again = await site?.ask({ headers: { 'if-none-match': etag } })
    expect([again?.status, await again?.text()]).toEqual([304, ''])
  })

  it('can only be read', async () => {
    expect((await open('/newest.json')?.ask({ method: 'POST' }))?.status).toBe(405)
  })

  it.each(['/article/newest.json', '/latest/page/2/newest.json', '/newest.json.txt', '/latest'])(
    'leaves %s to others',
    (pathname) => {
      expect(open(pathname)).toBeUndefined()
    },
  )
})
