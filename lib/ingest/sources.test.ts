import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { rssWith } from '#bench/evals/test-servers/feed-documents.ts'
import { feedOf, openIngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { type Answer, send } from '#bench/evals/test-servers/serve.ts'
import { switchedOff } from '#lib/ingest-report/ingest-report.ts'
import { switchSource } from '#lib/ingest-report/source-switches.ts'

const stories = [
  {
    id: 'g-1',
    url: 'https://wire.example/one?utm_source=rss&id=7',
    title: 'Біржа Kraken купує Backed Finance',
    text: '<p>Біржа Kraken купує компанію Backed Finance за 300 млн доларів, повідомили в компанії у понеділок.</p>',
  },
]
const document = rssWith(stories)

async function ingestFrom(answer: Answer) {
  const fixture = await openIngestFixture({ '/feed.xml': answer })
  const report = await fixture.ingest()
  return { fixture, report, source: report.sources[0] }
}

describe('a source that an editor has switched off', () => {
  it('is not asked, and does not fail; switched on, it is', async () => {
    let asked = 0
    const fixture = await openIngestFixture({
      '/feed.xml': (request, response) => {
        asked += 1
        return asked === 1 ? response.writeHead(500).end() : send(document)(request, response)
      },
    })
    const first = await fixture.ingest()
    expect(first.sources[0]?.error).toBeDefined()
    await switchSource(fixture.contentDir, 'wire', false)
    fixture.setNow('2026-11-20T18:00:00.000Z')
    const { sources } = await fixture.ingest()
    expect([asked, sources[0]?.skipped, sources[0]?.error]).toEqual([1, switchedOff, undefined])
    await switchSource(fixture.contentDir, 'wire', true)
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 1, error: undefined })
    expect(asked).toBe(2)
  })
})

describe('a feed', () => {
  it.each<[string, Answer]>([
    ['as it is', send(document)],
    ['in gzip', send(gzipSync(document), { 'content-encoding': 'gzip' })],
    ['in brotli', send(brotliCompressSync(document), { 'content-encoding': 'br' })],
    ['in UTF-16', send(Buffer.from(`\uFEFF${document}`, 'utf16le'))],
    [
      'in windows-1251 by its header',
      send(toWindows1251(document), { 'content-type': 'text/xml; charset=windows-1251' }),
    ],
    [
      'in windows-1251 by its declaration',
      send(toWindows1251(document.replace('UTF-8', 'windows-1251')), {}),
    ],
    ['in windows-1251 that says it is UTF-8', send(toWindows1251(document))],
    [
      'in UTF-8 that says it is windows-1251',
      send(document, { 'content-type': 'x; charset=cp1251' }),
    ],
    ['after white space', send(`\n\n  ${document}`)],
    ['with UTF-8 read as windows-1252 inside', send(document.replace('Kraken', 'Krakenâ€™s'))],
  ])('is read %s', async (_, answer) => {
    const { fixture, source } = await ingestFrom(answer)
    expect(source).toMatchObject({ fetched: 1, new: 1, error: undefined })
    const [file = ''] = await fixture.listFiles()
    const article = await fixture.readArticle(file)
    expect(article.title.replace('’s', '')).toBe('Біржа Kraken купує Backed Finance')
    expect(article.source?.url).toBe('https://wire.example/one?id=7')
  })

  it('is asked whether it has changed, and 304 means that it has not', async () => {
    const fixture = await openIngestFixture({
      '/feed.xml': (request, response) =>
        request.headers['if-none-match'] === '"v1"' &&
        request.headers['if-modified-since'] === 'Fri, 20 Nov 2026 09:00:00 GMT'
          ? response.writeHead(304).end()
          : send(document, { etag: '"v1"', 'last-modified': 'Fri, 20 Nov 2026 09:00:00 GMT' })(
              request,
              response,
            ),
    })
    await fixture.ingest()
    const report = await fixture.ingest()
    expect(report.sources[0]).toMatchObject({ fetched: 0, new: 0, duplicate: 0, rejected: 0 })
    expect(fixture.server.requests).toHaveLength(2)
  })

  it('is followed through redirects, relative ones too', async () => {
    const fixture = await openIngestFixture({
      '/feed.xml': send('', { location: '/moved' }, 301),
      '/moved': send('', { location: 'new.xml' }, 308),
      '/new.xml': send(document),
    })
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 1 })
  })

  it('that is broken gives the stories that are whole', async () => {
    const second = rssWith([{ id: 'g-2', title: 'Profit & loss &nbsp; at A&B', text: 'x < y' }])
      .replaceAll('&amp;', '&')
      .replaceAll('&lt; y', '< y')
    const { source } = await ingestFrom(send(second.slice(0, second.indexOf('</channel>'))))
    expect(source).toMatchObject({ new: 1, notes: [expect.stringContaining('broken XML')] })
  })

  it('that is empty is no failure', async () => {
    const { source } = await ingestFrom(send(rssWith([])))
    expect(source).toMatchObject({ fetched: 0, error: undefined, notes: ['is empty'] })
  })

  it('may leave out what it likes; a story without id and address is rejected', async () => {
    const { source } = await ingestFrom(
      send(rssWith([...stories, { title: 'No id', text: 'Nothing to know it by.' }])),
    )
    expect(source).toMatchObject({
      fetched: 2,
      new: 1,
      rejected: 1,
      rejections: [{ why: 'has neither an id nor an address', count: 1, example: 'No id' }],
    })
  })

  it('keeps every character of a title and every figure as far as the article', async () => {
    const titles = [
      ...[
        'The 5*3*2 rule',
        'A | B',
        'The <div> tag',
        'A<B & C',
        '# 1 pick: "no"',
        '- a \\* [b](c)',
      ],
      ...['use __init__ now', '@x %y {z} `w`', "It's 10^18", 'true', '2026-11-20', '~', '1_000'],
    ]
    const cities = 'Oslo Lima Kyiv Bern Rome Quito Sofia Dakar Accra Tunis Hanoi Minsk Delhi'.split(
      ' ',
    )
    const items = titles.map((title, at) => ({
      id: `g-${at}`,
      title: escapeTwice(title),
      text: `<p>${cities[at]} has 10<sup>18</sup> units and takes 0.0<sub>6</sub>42 of each for ${cities[at]}, which ${cities[at]} wrote in a note about ${at + 30} streets of ${cities[at]}.</p>`,
    }))
    const fixture = await openIngestFixture({ '/feed.xml': send(rssWith(items)) })
    await fixture.ingest()
    const files = await fixture.listFiles()
    const articles = await Promise.all(files.map((file) => fixture.readArticle(file)))
    expect(articles.map(({ title }) => title).sort()).toEqual(titles.toSorted())
    expect(articles[0]?.body).toContain('10^18')
  })

  it('is held where its date lies in the future, and named with what it says', async () => {
    const fixture = await openIngestFixture({
      '/feed.xml': send(
        rssWith([{ ...stories[0], title: 'T', text: 'x', publishedAt: '2031-01-01' }]),
      ),
    })
    const report = await fixture.ingest()
    expect(await fixture.listFiles()).toEqual([])
    expect(report.held).toMatchObject([
      { source: 'wire', title: 'T', why: expect.stringMatching(/01 Jan 2031.*in the future/) },
    ])
  })
})

describe('a source that fails', () => {
  const noise = Buffer.alloc(50 * 1024 * 1024, 'x')
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
  it.each<[string, Answer, RegExp]>([
    ['403', send('', {}, 403), /answered 403/],
    ['500', send('', {}, 500), /answered 500/],
    ['429', send('', {}, 429), /answered 429/],
    ['redirects in a circle', send('', { location: '/feed.xml' }, 301), /more than 5 redirects/],
    ['a redirect to a file', send('', { location: 'file:///etc/passwd' }, 302), /no http address/],
    ['a web page', send('<!doctype html><html><body>Hello</body></html>'), /web page, not a feed/],
    ['broken XML beyond mending', send('<rss><channel><it'), /broken beyond mending/],
    ['nothing', send(''), /sent nothing/],
    ['JSON that is no feed', send('{"a":1}'), /no JSON Feed/],
    ['more than it may', send(noise), /larger than 1\.0 MB/],
    ['a gzip bomb', send(bomb, { 'content-encoding': 'gzip' }), /larger than 1\.0 MB/],
    ['gzip that is none', send('plain', { 'content-encoding': 'gzip' }), /cannot be unpacked/],
    ['a connection that is cut', (request) => request.socket.destroy(), /cut the connection/],
    [
      'half a document and a cut',
      (request, response) => {
        response.writeHead(200, { 'content-length': '5000' }).write(document.slice(0, 100))
        setTimeout(() => request.socket.destroy(), 50)
      },
      /cut the connection|aborted|terminated/,
    ],
    ['no answer', () => {}, /did not answer in time/],
    [
      'a slow drip',
      (_, response) => {
        const drip = setInterval(() => response.write(' '), 100)
        response.on('close', () => clearInterval(drip))
      },
      /did not answer in time/,
    ],
  ])(
    'is reported with a sentence: %s',
    async (_, answer, sentence) => {
      const { fixture, report, source } = await ingestFrom(answer)
      expect(source?.error).toMatch(sentence)
      expect(source?.failingSince).toBe('2026-11-20T12:00:00.000Z')
      expect(report.articles.published).toBe(0)
      expect(await fixture.listFiles()).toEqual([])
    },
    10_000,
  )

  it('keeps no other source waiting or failing', async () => {
    const fixture = await openIngestFixture({
      '/bad.xml': send('', {}, 500),
      '/feed.xml': send(document),
    })
    const { server } = fixture
    fixture.settings.sources = [feedOf(server, '/bad.xml', 'bad'), feedOf(server)]
    const { sources } = await fixture.ingest()
    expect(sources).toMatchObject([{ error: 'answered 500' }, { new: 1, error: undefined }])
  })

  it('is left alone for a while, longer each time, and is well again once it answers', async () => {
    const fixture = await openIngestFixture({ '/feed.xml': send('', {}, 500) })
    await fixture.ingest()
    expect((await fixture.ingest()).sources[0]?.skipped).toMatch(/not to be asked before/)
    expect(fixture.server.requests).toHaveLength(1)
    fixture.setNow('2026-11-20T12:01:00.000Z')
    await fixture.ingest()
    fixture.setNow('2026-11-20T12:02:00.000Z')
    await fixture.ingest()
    expect(fixture.server.requests).toHaveLength(2)
    fixture.server.answers.set('/feed.xml', send(document))
    const report = await fixture.ingest({ only: 'wire' })
    expect(report.sources[0]).toMatchObject({ new: 1, error: undefined, failingSince: undefined })
  })

  it.each([
    ['seconds', '3600'],
    ['a date', 'Fri, 20 Nov 2026 13:00:00 GMT'],
  ])(
    'is not asked before the Retry-After it gave in %s, however much it is wished',
    async (_, after) => {
      const fixture = await openIngestFixture({
        '/feed.xml': send('', { 'retry-after': after }, 429),
      })
      await fixture.ingest()
      fixture.setNow('2026-11-20T12:59:00.000Z')
      await fixture.ingest({ only: 'wire' })
      expect(fixture.server.requests).toHaveLength(1)
      fixture.setNow('2026-11-20T13:00:01.000Z')
      await fixture.ingest()
      expect(fixture.server.requests).toHaveLength(2)
    },
  )

  it('is asked once more at once when it failed in passing', async () => {
    const fixture = await openIngestFixture({
      '/feed.xml': (request, response) => {
        fixture.server.answers.set('/feed.xml', send(document))
        send('', {}, 503)(request, response)
      },
    })
    fixture.settings.fetch = { retries: 1 }
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 1 })
  })
})

/** As most programs escape a title: once for HTML, once for XML, which `rssWith` does. */
function escapeTwice(title: string): string {
  return title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** A windows-1251 encoder, for the Cyrillic that stands in these tests. */
function toWindows1251(text: string): Buffer {
  const upper = Uint8Array.from({ length: 128 }, (_, at) => at + 128)
  const characters = [...new TextDecoder('windows-1251').decode(upper)]
  const bytes = [...text].map((character) => {
    const code = character.charCodeAt(0)
    return code < 128 ? code : 128 + characters.indexOf(character)
  })
  return Buffer.from(bytes)
}
