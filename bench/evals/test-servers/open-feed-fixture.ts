import { type FeedSample, rssWith } from './feed-documents.ts'
import { openIngestFixture } from './open-ingest-fixture.ts'
import { send } from './serve.ts'

export const story: FeedSample = {
  id: 'g-1',
  url: 'https://wire.example/2026/tether-freezes',
  title: 'Tether freezes $12 million at police request',
  text: 'Tether froze 12 million USDT in five wallets on Tron after a request by Spanish police. The wallets are tied to a fraud case in Valencia, according to the stablecoin issuer.',
}

/** Where the article of that story is written. */
export const storyPath = 'articles/en/2026/11/tether-freezes-12-million-at-police-request.md'

/** A fixture that reads one wire; `offer` is what the wire says from then on. */
export async function openFeedFixture(stories: FeedSample[] = [story]) {
  const fixture = await openIngestFixture({ '/feed.xml': send(rssWith(stories)) })
  const offer = (next: FeedSample[], feed = '/feed.xml') =>
    fixture.server.answers.set(feed, send(rssWith(next)))
  return { fixture, offer }
}
