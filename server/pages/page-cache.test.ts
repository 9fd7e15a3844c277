import { setImmediate } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createPageCache, type Freshness, oncePerTurn } from './page-cache.ts'

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

const fresh = { answers: [7], epoch: 1 }

const pageOf = (text: string) => ({
  status: 200,
  contentType: 'text/html',
  body: Buffer.from(text),
})

describe('page cache', () => {
  it('caches pages and gives equal bytes an equal etag', () => {
    const pages = open(1000)
    pages.write('/en/a', pageOf('same'), fresh)
    pages.write('/en/b', pageOf('same'), fresh)
    const etag = pages.find('/en/a')?.etag
    expect(etag).toBeTruthy()
    expect(pages.find('/en/b')?.etag).toBe(etag)
    pages.write('/en/a', pageOf('other'), fresh)
    expect(pages.find('/en/a')?.etag).not.toBe(etag)
  })

  it('holds a page in memory of its own, without copying what is so already', () => {
    const pages = open(1_000_000)
    const message = Buffer.alloc(500_000, 'x')
    for (const [key, body, isSame] of [
      ['/en/a', message.subarray(100, 1000), false],
      ['/en/b', message.subarray(20_000), true],
    ] as const) {
      pages.write(key, { ...pageOf(''), body }, fresh)
      const held = pages.find(key)?.body
      expect(held?.equals(body)).toBe(true)
      expect(held?.buffer === message.buffer).toBe(isSame)
    }
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

  it('caches nothing that was made from no answers: nothing shows when it is wrong', () => {
    const pages = open(1000)
    const page = pages.write('/en/a', pageOf('a'), { answers: [], epoch: 1 })
    expect(page.body.toString()).toBe('a')
    expect(pages.find('/en/a')).toBeUndefined()
    expect(pages.byteLength()).toBe(0)
  })

  it('compresses once for all who ask, and counts what it caches', async () => {
    const pages = open(1_000_000)
    const page = pages.write('/en/a', pageOf('word '.repeat(1000)), fresh)
    const [gzip, same] = await Promise.all([pages.toBody(page, 'gzip'), pages.toBody(page, 'gzip')])
    expect(gunzipSync(gzip)).toEqual(page.body)
    expect(same).toBe(gzip)
    const br = await pages.toBody(page, 'br')
    expect(brotliDecompressSync(br)).toEqual(page.body)
    expect(pages.toBody(page, 'br')).toBe(br)
    expect(pages.toBody(page, 'identity')).toBe(page.body)
    expect(pages.byteLength()).toBe(page.body.length + gzip.length + br.length)
  })

  it('gives back the room of a page that is written again, compressed copies and all', async () => {
    const pages = open(1_000_000)
    const page = pages.write('/en/a', pageOf('a'.repeat(500)), fresh)
    await pages.toBody(page, 'gzip')
    pages.write('/en/a', pageOf('b'), fresh)
    await pages.toBody(page, 'br')
    expect(pages.byteLength()).toBe(1)
  })

  it('dates a page by when its bytes changed, to the end of that second', () => {
    const index = indexWith()
    const clock = { now: new Date('2026-11-22T10:00:00.200Z') }
    const pages = createPageCache({
      maxBytes: 1000,
      freshness: index.freshness,
      now: () => clock.now,
    })
    const write = (text: string) =>
      pages.write('/en/a', pageOf(text), { answers: [1], epoch: index.freshness.epoch() })
    expect(write('a').lastModifiedAt).toBe('2026-11-22T10:00:01.000Z')
    clock.now = new Date('2026-11-22T10:05:00.000Z')
    index.change(1)
    expect(pages.find('/en/a')).toBeUndefined()
    expect(write('a').lastModifiedAt).toBe('2026-11-22T10:00:01.000Z')
    expect(write('b').lastModifiedAt).toBe('2026-11-22T10:05:01.000Z')
  })
})

it('asks for the epoch once in a turn of the event loop, and again in the next', async () => {
  let epoch = 1
  const read = oncePerTurn(() => epoch)
  expect(read()).toBe(1)
  epoch = 2
  await Promise.resolve()
  expect(read()).toBe(1)
  await setImmediate()
  expect(read()).toBe(2)
})
