import { beforeEach, describe, expect, it, vi } from 'vitest'
import { noteVisit } from '#components/listing/since-visit.browser.ts'
import { listNews } from './following.browser.ts'
import { store } from './stored-articles.browser.ts'

const storage = new Map<string, string>()

beforeEach(() => {
  storage.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
  })
})

describe('news of what is followed', () => {
  const follow = (path: string) => store('followed', { path, title: path, lang: 'en', at: '' })
  const answer = (answers: Record<string, unknown>) =>
    vi.stubGlobal('fetch', async (address: string) => {
      if (!(address in answers)) throw new TypeError('offline')
      return { ok: true, json: async () => answers[address] }
    })

  it('is the newest of all listings, each article once', async () => {
    for (const path of ['/tag/btc', '/asset/ether', '/story/gone']) follow(path)
    answer({
      '/tag/btc/newest.json': [
        ['/article/b', '2026-03-02', 'B'],
        ['/article/a', '2026-03-01', 'A'],
      ],
      '/asset/ether/newest.json': [
        ['/article/c', '2026-03-03', 'C'],
        ['/article/b', '2026-03-02', 'B'],
      ],
    })
    expect((await listNews()).map(({ title }) => title)).toEqual(['C', 'B', 'A'])
  })

  it('takes no address of another site, and no answer of another form', async () => {
    follow('/tag/btc')
    const rows = [['//evil.example', '2026', 'A'], ['javascript:x', '2026', 'A'], 'b', ['/a', 1, 2]]
    answer({ '/tag/btc/newest.json': rows })
    expect(await listNews()).toEqual([])
    answer({ '/tag/btc/newest.json': { a: 1 } })
    expect(await listNews()).toEqual([])
  })
})

describe('the last visit', () => {
  const minutes = 60_000
  const start = Date.parse('2026-03-01T09:00:00.000Z')

  it('is none at first, stays through a visit, and is the end of the one before in the next', () => {
    expect(noteVisit(start)).toBe('')
    expect(noteVisit(start + 20 * minutes)).toBe('')
    expect(noteVisit(start + 300 * minutes)).toBe('2026-03-01T09:20:00.000Z')
    expect(noteVisit(start + 310 * minutes)).toBe('2026-03-01T09:20:00.000Z')
    expect(noteVisit(start + 900 * minutes)).toBe('2026-03-01T14:10:00.000Z')
  })

  it('is none where the browser stores nothing, or something else', () => {
    storage.set('dateline:visit', '{"seenAt":1}')
    expect(noteVisit(start)).toBe('')
    vi.stubGlobal('localStorage', undefined)
    expect(noteVisit(start + 900 * minutes)).toBe('')
  })
})
