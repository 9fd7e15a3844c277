import { describe, expect, it } from 'vitest'
import { openIngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { send } from '#bench/evals/test-servers/serve.ts'

const first = Date.parse('2026-11-20T09:00:00Z') / 1000

/** A made-up name for a number, another one for each. */
function nameOf(id: number): string {
  const syllables = ['ba', 'ke', 'li', 'mo', 'nu', 'ra', 'so', 'ti', 'vu', 'ze']
  const word = [...String(id * 7919)].map((digit) => syllables[Number(digit)]).join('')
  return word[0]?.toUpperCase() + word.slice(1)
}

function articleWith(id: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ID: id,
    GUID: `guid-${id}`,
    PUBLISHED_ON: first - id * 60,
    TITLE: `${nameOf(id)} meets ${nameOf(id + 9000)} at ${nameOf(id + 70_000)}`,
    SUBTITLE: null,
    AUTHORS: 'Jo Doe',
    URL: `https://bloomberg.example/${id}`,
    BODY: `${nameOf(id + 300)} and ${nameOf(id + 4000)} talked about ${nameOf(id + 50_000)}, ${nameOf(id)} said.`,
    LANG: 'EN',
    SENTIMENT: 'POSITIVE',
    SCORE: 3,
    STATUS: 'ACTIVE',
    SOURCE_DATA: {
      SOURCE_KEY: 'bloomberg_crypto_',
      NAME: 'Bloomberg (Crypto)',
      SOURCE_TYPE: 'RSS',
    },
    CATEGORY_DATA: [
      { ID: 1, NAME: 'TRADING', CATEGORY: 'TRADING' },
      { ID: 2, NAME: 'BUSINESS', CATEGORY: 'BUSINESS' },
    ],
    ...more,
  }
}

const list = '/news/v1/article/list'
const json = { 'content-type': 'application/json' }

/** The API over these articles, with its paging. */
async function openApi(articles: Record<string, unknown>[]) {
  const fixture = await openIngestFixture({
    [list]: (request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://api')
      const before = Number(searchParams.get('to_ts') ?? Number.POSITIVE_INFINITY)
      const page = articles
        .filter(({ PUBLISHED_ON }) => Number(PUBLISHED_ON) <= before)
        .toSorted((a, b) => Number(b.PUBLISHED_ON) - Number(a.PUBLISHED_ON))
        .slice(0, Number(searchParams.get('limit')))
      send(JSON.stringify({ Data: page, Err: {} }), json)(request, response)
    },
  })
  const { url } = fixture.server
  fixture.settings.sources = [{ kind: 'coindesk', key: 'api', url, allowPrivate: true }]
  fixture.env.coindeskKey = 'secret'
  return fixture
}

describe('the CoinDesk Data API', () => {
  it('becomes articles as its fields say', async () => {
    const fixture = await openApi([articleWith(1)])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ fetched: 1, new: 1 })
    const [path = ''] = await fixture.listFiles()
    expect(await fixture.readArticle(path)).toMatchObject({
      externalId: '1',
      source: {
        name: 'Bloomberg (Crypto)',
        key: 'bloomberg_crypto_',
        type: 'RSS',
        url: 'https://bloomberg.example/1',
      },
      category: 'BUSINESS',
      tags: ['TRADING', 'BUSINESS'],
      sentiment: 'POSITIVE',
      score: 3,
      authors: ['Jo Doe'],
      publishedAt: '2026-11-20T08:59:00.000Z',
    })
    const [request] = fixture.server.requests
    expect(request?.headers.authorization).toBe('Apikey secret')
    expect(request?.path).toMatch(/lang=EN.*limit=100/)
  })

  it('is paged back, and no story is lost that shares its second with others', async () => {
    const articles = Array.from({ length: 250 }, (_, at) =>
      articleWith(at + 1, { PUBLISHED_ON: first - Math.floor(at / 7) }),
    )
    const fixture = await openApi(articles)
    const report = await fixture.ingest({ limit: 0 })
    expect(report.sources[0]).toMatchObject({ fetched: 250, new: 250 })
    expect(fixture.server.requests).toHaveLength(3)
  })

  it('is read on in later passes when a pass may read no further', async () => {
    const articles = [articleWith(5000)]
    const fixture = await openApi(articles)
    await fixture.ingest({ limit: 0 })
    const { url } = fixture.server
    const rush = Array.from({ length: 350 }, (_, at) =>
      articleWith(at + 1, { PUBLISHED_ON: first + 86_400 * 9 + at }),
    )
    articles.push(...rush)
    fixture.settings.sources = [
      { kind: 'coindesk', key: 'api', url, allowPrivate: true, maxPages: 2 },
    ]
    fixture.setNow('2026-11-30T12:00:00.000Z')
    const counts: number[] = []
    for (let pass = 0; pass < 3; pass += 1) {
      counts.push((await fixture.ingest({ limit: 0 })).sources[0]?.new ?? 0)
    }
    expect(counts.reduce((sum, count) => sum + count)).toBe(350)
  })

  it.each([
    [
      { Data: [], Err: { type: 2, message: 'You are over your rate limit' } },
      /over your rate limit/,
    ],
    [{ Err: { type: 1 } }, /without saying why/],
    [{}, /without saying why/],
    ['<html>', /not its JSON/],
  ])('may fail with status 200: %j', async (body, sentence) => {
    const fixture = await openApi([])
    fixture.server.answers.set(list, send(JSON.stringify(body), json))
    expect((await fixture.ingest()).sources[0]?.error).toMatch(sentence)
  })

  it('may hold an article that is none, beside others', async () => {
    const fixture = await openApi([articleWith(1), articleWith(2, { ID: null })])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 1, rejected: 1 })
  })

  it('withdraws what it has deleted, and leaves what it never told', async () => {
    const articles = [articleWith(1), articleWith(2, { STATUS: 'DELETED' })]
    const fixture = await openApi(articles)
    await fixture.ingest()
    const [path = '', ...others] = await fixture.listFiles()
    expect(others).toEqual([])
    articles[0] = articleWith(1, { STATUS: 'DELETED', BODY: null, TITLE: null })
    const report = await fixture.ingest()
    expect(report).toMatchObject({ sources: [{ withdrawn: 1 }], articles: { withdrawn: 1 } })
    expect(await fixture.readArticle(path)).toMatchObject({ withdrawn: true })
    articles[0] = articleWith(1)
    expect((await fixture.ingest()).articles).toMatchObject({ updated: 1 })
    expect(await fixture.readArticle(path)).toMatchObject({ withdrawn: false })
  })

  it('says so when a person has edited what is to be withdrawn', async () => {
    const articles = [articleWith(1)]
    const fixture = await openApi(articles)
    await fixture.ingest()
    const [path = ''] = await fixture.listFiles()
    await fixture.edit(path, (text) => `${text}\nEdited.\n`)
    articles[0] = articleWith(1, { STATUS: 'DELETED' })
    const report = await fixture.ingest()
    expect(report.problems).toEqual([expect.stringMatching(/taken back.*a person has edited/)])
    expect(await fixture.readArticle(path)).toMatchObject({ withdrawn: false })
  })

  it('labels what is sponsored, or refuses it', async () => {
    const sponsored = articleWith(1, {
      CATEGORY_DATA: [{ CATEGORY: 'SPONSORED' }, { CATEGORY: 'TRADING' }],
    })
    const fixture = await openApi([sponsored])
    await fixture.ingest()
    const [path = ''] = await fixture.listFiles()
    expect(await fixture.readArticle(path)).toMatchObject({
      category: 'TRADING',
      tags: ['TRADING', 'SPONSORED'],
      noindex: true,
    })
    const strict = await openApi([sponsored])
    strict.settings.sponsored = 'reject'
    expect((await strict.ingest()).sources[0]?.rejections).toMatchObject([{ why: 'is sponsored' }])
  })
})
