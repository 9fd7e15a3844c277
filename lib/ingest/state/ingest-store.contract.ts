import { describe, expect, it } from 'vitest'
import type { IngestStore } from './ingest-store.ts'
import type { NewStory } from './story-table.ts'

const at = '2026-11-20T09:00:00.000Z'
const path = 'articles/en/2026/11/a-vault.md'

// What a hostile source may send: a character that is no text for PostgreSQL, quotes, half a pair.
const id = 'g-1 \u0000 "\' \ud800'.toWellFormed()

const newStory: NewStory = {
  publisher: 'wire',
  id,
  sourceKey: 'feed',
  urlKey: 'wire.example/vault',
  fingerprint: 'f',
  state: 'new',
  title: 'A vault',
  lead: 'It opened.',
  language: 'en',
  publishedAt: at,
  source: { name: 'Wire', key: 'wire', type: 'RSS', url: 'https://wire.example/vault' },
  seenAt: at,
}
const hold = {
  kind: 'story' as const,
  sourceKey: 'feed',
  publisher: 'wire',
  id,
  title: 'A vault',
  why: 'it waits',
  path: undefined,
  difference: undefined,
  fileDigest: undefined,
  since: at,
}

/**
 * What a store keeps until the next run, wherever that is. `open` gives an empty one; `hand` ends its
 * run, after `save`, and opens it for the next one.
 */
export function describeIngestStore(
  name: string,
  open: () => Promise<{ store: IngestStore; hand(): Promise<IngestStore> }>,
): void {
  describe(`the state of ingest ${name}`, () => {
    it('keeps a story through all that happens to it', async () => {
      const { store, hand } = await open()
      store.stories.add(newStory)
      store.stories.reservePath(newStory, path)
      store.stories.postpone(newStory, 2, '2026-11-20T10:00:00.000Z')
      const next = await hand()
      expect(next.stories.find('wire', id)).toEqual({
        ...newStory,
        path,
        duplicateOf: undefined,
        text: undefined,
        story: undefined,
        attempts: 2,
        changedAt: undefined,
      })
      expect(next.stories.findByUrl('wire.example/vault', 'wire')?.path).toBe(path)
      expect(next.stories.listPending('new', at)).toEqual([])
      expect(next.stories.isSlugReserved('a-vault', { publisher: 'wire', id: 'another' })).toBe(
        true,
      )
      next.stories.finish(newStory, 'published')
      const last = await hand()
      expect(last.stories.listPublished()).toEqual([
        { publisher: 'wire', id, url: 'https://wire.example/vault', path },
      ])
      expect(last.hasWork(false)).toBe(false)
    })

    it('keeps what a source was fetched up to, by its address', async () => {
      const { store, hand } = await open()
      const record = {
        checkpoint: '{"etag":"\\"x\\""}',
        failures: 3,
        failingSince: at,
        lastError: 'it answered 503',
        retryAt: at,
        hasRetryAfter: true,
        fetchedAt: undefined,
      }
      store.sources.write('feed', 'https://wire.example/rss', record)
      const next = await hand()
      expect(next.sources.find('feed', 'https://wire.example/rss')).toEqual(record)
      expect(next.sources.find('feed', 'https://elsewhere.example/rss')).toBeUndefined()
    })

    it('keeps responses, translations, holds and relations, and forgets what is removed', async () => {
      const { store, hand } = await open()
      store.responses.write('d', { content: 'paid for', madeAt: at })
      store.translations.request(path, 'uk')
      store.stories.add(newStory)
      store.stories.relate(newStory, 'articles/en/earlier.md')
      store.holds.write(hold)
      const next = await hand()
      expect(next.responses.find('d')).toEqual({ content: 'paid for', madeAt: at })
      expect(next.translations.listPending(at)).toEqual([{ path, locale: 'uk', attempts: 0 }])
      expect(next.stories.findEarlier(newStory)).toBe('articles/en/earlier.md')
      expect(next.holds.list()).toEqual([hold])
      next.holds.remove('wire', id)
      next.translations.finish({ path, locale: 'uk', attempts: 0 }, 'done')
      const last = await hand()
      expect(last.holds.list()).toEqual([])
      expect(last.hasWork(true)).toBe(true)
      expect(last.translations.hasWork()).toBe(false)
    })

    it('undoes a transaction that fails', async () => {
      const { store, hand } = await open()
      const fail = () =>
        store.transact(() => {
          store.stories.add(newStory)
          throw new Error('no room')
        })
      expect(fail).toThrow('no room')
      expect((await hand()).stories.find('wire', id)).toBeUndefined()
    })
  })
}
