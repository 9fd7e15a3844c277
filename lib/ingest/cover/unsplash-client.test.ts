import { describe, expect, it, onTestFinished } from 'vitest'
import { rssWith } from '#bench/evals/test-servers/feed-documents.ts'
import { openIngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { type Answer, send, serve } from '#bench/evals/test-servers/serve.ts'

const photos = '/search/photos'

function photoWith(id: string, download: string) {
  const raw = `https://images.unsplash.com/photo-${id}?ixid=abc&ixlib=rb-4.1.0`
  return {
    id,
    alt_description: `coins number ${id}`,
    urls: {
      raw,
      full: `${raw}&q=85`,
      regular: `${raw}&w=1080`,
      small: `${raw}&w=400`,
      thumb: `${raw}&w=200`,
      small_s3: `https://s3.us-west-2.amazonaws.com/images.unsplash.com/small/photo-${id}`,
    },
    user: { name: 'Ann Other', links: { html: 'https://unsplash.com/@ann' } },
    links: { download_location: `${download}/photos/${id}/download?ixid=abc` },
  }
}

async function open(ids: string[], answer?: Answer) {
  const unsplash = await serve({
    '/photos/1/download': send('{}'),
    '/photos/2/download': send('{}'),
  })
  onTestFinished(() => unsplash.close())
  const results = ids.map((id) => photoWith(id, unsplash.url))
  unsplash.answers.set(photos, answer ?? send(JSON.stringify({ results })))
  const stories = ['Oslo bans cars', 'Lima opens a port'].map((title) => ({
    id: title,
    title,
    text: `${title}, and nobody knows why.`,
  }))
  const fixture = await openIngestFixture({ '/feed.xml': send(rssWith(stories)) })
  fixture.settings.cover = { url: unsplash.url }
  fixture.env.unsplashKey = 'key'
  const report = await fixture.ingest()
  const articles = await Promise.all((await fixture.listFiles()).map(fixture.readArticle))
  return { unsplash, fixture, articles, report }
}

describe('covers', () => {
  it('are landscape photos with credit, alt text and all variants, each used once', async () => {
    const { unsplash, articles } = await open(['1', '2'])
    const covers = articles.map(({ cover }) => cover)
    expect(new Set(covers.map((cover) => cover?.raw)).size).toBe(2)
    expect(covers.find((cover) => cover?.alt === 'coins number 1')).toEqual({
      ...photoWith('1', '').urls,
      alt: 'coins number 1',
      credit: { name: 'Ann Other', url: 'https://unsplash.com/@ann' },
    })
    const asked = unsplash.requests.map(({ path }) => path)
    expect(asked.filter((path) => path.startsWith(photos))[0]).toContain('orientation=landscape')
    expect(asked).toContain('/photos/1/download?ixid=abc')
    expect(asked).toContain('/photos/2/download?ixid=abc')
    expect(
      unsplash.requests.every(({ headers }) => headers.authorization === 'Client-ID key'),
    ).toBe(true)
  })

  it('are left out when only used ones are found', async () => {
    const { articles } = await open(['1'])
    expect(articles.map(({ cover }) => cover !== undefined).toSorted()).toEqual([false, true])
  })

  it.each<[string, Answer, RegExp]>([
    ['refuses', send('Rate Limit Exceeded', {}, 403), /answered 403/],
    ['refuses the key', send('{}', {}, 401), /answered 401.*UNSPLASH_ACCESS_KEY/],
    ['answers nonsense', send('<html>'), /something unexpected/],
  ])('are left out when Unsplash %s, which is then not asked again', async (_, answer, error) => {
    const { unsplash, articles, report } = await open([], answer)
    expect(report.covers).toMatchObject({
      isConfigured: true,
      error: expect.stringMatching(error),
      failingSince: report.finishedAt,
    })
    expect(articles.map(({ cover }) => cover)).toEqual([undefined, undefined])
    expect(unsplash.requests).toHaveLength(1)
  })

  it('send the key to nobody else', async () => {
    const stranger = await serve({})
    onTestFinished(() => stranger.close())
    const results = [photoWith('1', stranger.url)]
    const { articles } = await open([], send(JSON.stringify({ results })))
    expect(articles.some(({ cover }) => cover !== undefined)).toBe(true)
    expect(stranger.requests).toEqual([])
  })
})
