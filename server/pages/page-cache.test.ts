import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createPageCache, type Freshness } from './page-cache.ts'

/** An index whose answers are numbers; what `changed` holds is answered otherwise now. */
function indexWith(changed: number[] = []) {
  let epoch = 1
  const asked: number[][] = []
  const freshness: Freshness<number> = {
    epoch: () => epoch,
    areUnchanged: (answers) => {
      asked.push(answers)
      return answers.every((answer) => !changed.includes(answer))
    },
  }
  return {
    asked,
    freshness,
    change(...answers: number[]) {
      changed.push(...answers)
      epoch += 1
    },
  }
}

const open = (maxBytes: number, { freshness } = indexWith()) =>
  createPageCache({ maxBytes, freshness })

const fresh = { answers: [], epoch: 1 }

const pageOf = (text: string) => ({
  status: 200,
  contentType: 'text/html',
  lastModifiedAt: undefined,
  body: Buffer.from(text),
})

describe('page cache', () => {
  it('keeps pages and gives equal bytes an equal etag', () => {
    const pages = open(1000)
    pages.write('/en/a', pageOf('same'), fresh)
    pages.write('/en/b', pageOf('same'), fresh)
    const etag = pages.find('/en/a')?.etag
    expect(etag).toBeTruthy()
    expect(pages.find('/en/b')?.etag).toBe(etag)
    pages.write('/en/a', pageOf('other'), fresh)
    expect(pages.find('/en/a')?.etag).not.toBe(etag)
  })

  it('forgets a page when an answer it was made from changes, and only then', () => {
    const index = indexWith()
    const pages = open(1000, index)
    pages.write('/en/a', pageOf('a'), { answers: [1, 2], epoch: 1 })
    pages.write('/en/b', pageOf('b'), { answers: [3], epoch: 1 })
    index.change(2)
    expect(pages.find('/en/a')).toBeUndefined()
    expect(pages.find('/en/b')).toBeDefined()
    expect(pages.byteLength()).toBe(1)
  })

  it('asks again once after a change, however many readers come', () => {
    const index = indexWith()
    const pages = open(1000, index)
    pages.write('/en/a', pageOf('a'), { answers: [1], epoch: 1 })
    pages.find('/en/a')
    expect(index.asked).toEqual([])
    index.change(9)
    for (let reader = 0; reader < 5; reader += 1) pages.find('/en/a')
    expect(index.asked).toEqual([[1]])
  })

  it('does not take a page for fresh that was rendered across a change', () => {
    const index = indexWith()
    const pages = open(1000, index)
    const epoch = index.freshness.epoch()
    index.change(1)
    pages.write('/en/a', pageOf('a'), { answers: [1], epoch })
    expect(pages.find('/en/a')).toBeUndefined()
  })

  it('lets the longest unused go first when it is full', () => {
    const pages = open(30)
    for (const path of ['/1', '/2', '/3']) pages.write(path, pageOf('0123456789'), fresh)
    pages.find('/1')
    pages.write('/4', pageOf('0123456789'), fresh)
    expect(['/1', '/2', '/3', '/4'].filter((path) => pages.find(path))).toEqual(['/1', '/3', '/4'])
    expect(pages.byteLength()).toBe(30)
  })

  it('compresses once and counts what it keeps', () => {
    const pages = open(1_000_000)
    pages.write('/en/a', pageOf('word '.repeat(1000)), fresh)
    const page = pages.find('/en/a')
    if (!page) throw new Error('not kept')
    const gzip = pages.encode(page, 'gzip')
    expect(gunzipSync(gzip)).toEqual(page.body)
    expect(brotliDecompressSync(pages.encode(page, 'br'))).toEqual(page.body)
    expect(pages.encode(page, 'gzip')).toBe(gzip)
    expect(pages.byteLength()).toBe(
      page.body.length + gzip.length + pages.encode(page, 'br').length,
    )
  })

  it('gives back the room of a page that is written again, compressed copies and all', () => {
    const pages = open(1_000_000)
    pages.write('/en/a', pageOf('a'.repeat(500)), fresh)
    const page = pages.find('/en/a')
    if (page) pages.encode(page, 'gzip')
    pages.write('/en/a', pageOf('b'), fresh)
    if (page) pages.encode(page, 'br')
    expect(pages.byteLength()).toBe(1)
  })

  it('compresses a large page beside, once for all who ask, and small ones when they are sent', async () => {
    const pages = open(10_000_000)
    const text = 'news '.repeat(40_000)
    pages.write('/en/large', pageOf(text), fresh)
    const page = pages.find('/en/large')
    if (!page) throw new Error('not kept')
    const before = pages.byteLength()
    await Promise.all([pages.prepare(page, 'br'), pages.prepare(page, 'br')])
    const grown = pages.byteLength() - before
    const compressed = pages.encode(page, 'br')
    expect(grown).toBe(compressed.length)
    expect(brotliDecompressSync(compressed).toString()).toBe(text)
    expect(pages.byteLength() - before).toBe(grown)
  })
})
