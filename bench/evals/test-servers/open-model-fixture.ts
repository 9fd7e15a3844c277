import { onTestFinished } from 'vitest'
import type { FeedSample } from './feed-documents.ts'
import { openFeedFixture } from './open-feed-fixture.ts'
import { type Behaviour, serveModel } from './serve-model.ts'

export const story = {
  id: 'g-1',
  url: 'https://wire.example/kraken',
  title: 'Kraken buys Backed Finance for $300 million',
  text: '<p>Kraken will acquire Backed Finance for $300 million in cash. The deal should close by March 2027, the exchange said. “We want every share on a chain,” said Arjun Sethi, its co-chief.</p>',
}

/** Where the article of that story and its translation are written. */
export const english = 'articles/en/2026/11/kraken-buys-backed-finance-for-300-million.md'
export const ukrainian = english.replace('/en/', '/uk/')

/** A fixture with one feed and a model. See `openFeedFixture` and `serveModel`. */
export async function openModelFixture(behaviour?: Behaviour, stories: FeedSample[] = [story]) {
  const { fixture, offer } = await openFeedFixture(stories)
  const model = await serveModel(behaviour)
  onTestFinished(() => model.close())
  fixture.env.model = { baseUrl: model.baseUrl, apiKey: 'key', model: 'pretended' }
  return { fixture, model, offer }
}
