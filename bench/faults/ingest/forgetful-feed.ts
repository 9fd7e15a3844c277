import { createSeededRandom, type SeededRandom } from '#lib/covers/art/seeded-random.ts'
import { type FeedSample, rssWith } from '../../evals/test-servers/feed-documents.ts'
import { send, serve } from '../../evals/test-servers/serve.ts'

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

const consonants = 'bcdfghklmnprstvwxz'
const vowels = 'aeiouy'

/** Stories that have nothing in common; the same seed gives the same ones. */
export function makeUpStories(seed: string, count: number): FeedSample[] {
  const random = createSeededRandom(seed)
  const letter = (from: string) => from[random.integer(0, from.length - 1)] ?? 'a'
  const word = () =>
    Array.from({ length: random.integer(2, 4) }, () => letter(consonants) + letter(vowels)).join('')
  const words = (howMany: number) => Array.from({ length: howMany }, word).join(' ')
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  return Array.from({ length: count }, (_, number) => ({
    id: `${seed}-${number}`,
    url: `https://${seed}.example/${number}`,
    title: `${capital(words(2))} ${capital(word())} ${words(3)}`,
    text: `<p>${capital(words(30))}.</p><p>${capital(words(40))} <a href="https://${seed}.example/x?utm_source=a">${word()}</a>.</p>`,
    publishedAt: new Date(Date.parse('2026-11-20T00:00:00Z') - number * 60_000).toISOString(),
  }))
}
