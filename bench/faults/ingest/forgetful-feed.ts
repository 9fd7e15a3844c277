import type { SeededRandom } from '#lib/covers/art/seeded-random.ts'
import { type FeedSample, rssWith } from '../../evals/test-servers/feed-documents.ts'
import { send, serve } from '../../evals/test-servers/serve.ts'
import { makeUpStories } from './made-up-stories.ts'

/**
 * A feed that does not send stories twice: after a request with the etag of a version, the stories of
 * that version are gone. A client that loses such a story cannot fetch it again.
 */
export type ForgetfulFeed = {
  key: string
  url: string
  publish(count: number): void
  /** Changes a story that it published before. */
  change(): void
  count(): number
  /** Every story as it was last. */
  stories(): FeedSample[]
  close(): Promise<void>
}

type Published = { story: FeedSample; version: number }

export async function openForgetfulFeed(key: string, random: SeededRandom): Promise<ForgetfulFeed> {
  const made = makeUpStories(key, 5000)
  const published: Published[] = []
  let version = 0
  let readVersion = -1
  const server = await serve({
    '/feed.xml': (request, response) => {
      const known = /"v(\d+)"/.exec(request.headers['if-none-match'] ?? '')?.[1]
      readVersion = Math.max(readVersion, known === undefined ? -1 : Number(known))
      if (known !== undefined && Number(known) === version) return response.writeHead(304).end()
      const unread = published.filter((one) => one.version > readVersion)
      const document = rssWith(unread.map(({ story }) => story))
      return send(document, { etag: `"v${version}"` })(request, response)
    },
  })
  return {
    key,
    url: `${server.url}/feed.xml`,
    publish(count) {
      if (count > 0) version += 1
      for (const story of made.slice(published.length, published.length + count)) {
        published.push({ story, version })
      }
    },
    change() {
      const at = random.integer(0, Math.max(0, published.length - 1))
      const before = published[at]
      if (!before) return
      version += 1
      const text = `${before.story.text}<p>Changed in version ${version}.</p>`
      published[at] = { story: { ...before.story, text }, version }
    },
    count: () => published.length,
    stories: () => published.map(({ story }) => story),
    close: server.close,
  }
}
