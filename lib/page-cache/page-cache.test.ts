import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createPageCache } from './page-cache.ts'

const pageOf = (text: string) => ({
  status: 200,
  contentType: 'text/html',
  lastModifiedAt: undefined,
  body: Buffer.from(text),
})

describe('page cache', () => {
  it('keeps pages and gives equal bytes an equal etag', () => {
    const pages = createPageCache({ maxBytes: 1000 })
    const one = pages.write('/en/a', pageOf('same'))
    const two = pages.write('/en/b', pageOf('same'))
    expect(pages.find('/en/a')).toBe(one)
    expect(one.etag).toBe(two.etag)
    expect(pages.write('/en/a', pageOf('other')).etag).not.toBe(one.etag)
  })

  it('lets the longest unused go first when it is full', () => {
    const pages = createPageCache({ maxBytes: 30 })
    for (const path of ['/1', '/2', '/3']) pages.write(path, pageOf('0123456789'))
    pages.find('/1')
    pages.write('/4', pageOf('0123456789'))
    expect(['/1', '/2', '/3', '/4'].filter((path) => pages.find(path))).toEqual(['/1', '/3', '/4'])
    expect(pages.byteLength()).toBe(30)
  })

  it('compresses once and counts what it keeps', () => {
    const pages = createPageCache({ maxBytes: 1_000_000 })
    const page = pages.write('/en/a', pageOf('word '.repeat(1000)))
    const gzip = pages.encode(page, 'gzip')
    expect(gunzipSync(gzip)).toEqual(page.body)
    expect(brotliDecompressSync(pages.encode(page, 'br'))).toEqual(page.body)
    expect(pages.encode(page, 'gzip')).toBe(gzip)
    expect(pages.byteLength()).toBe(
      page.body.length + gzip.length + pages.encode(page, 'br').length,
    )
  })

  it('gives back the room of a page that is written again or cleared', () => {
    const pages = createPageCache({ maxBytes: 1_000_000 })
    pages.encode(pages.write('/en/a', pageOf('a'.repeat(500))), 'gzip')
    pages.write('/en/a', pageOf('b'))
    expect(pages.byteLength()).toBe(1)
    const generation = pages.generation()
    pages.clear()
    expect(pages.byteLength()).toBe(0)
    expect(pages.find('/en/a')).toBeUndefined()
    expect(pages.generation()).toBeGreaterThan(generation)
  })

  it('does not count what is compressed for a page already forgotten', () => {
    const pages = createPageCache({ maxBytes: 1_000_000 })
    const page = pages.write('/en/a', pageOf('text'))
    pages.clear()
    pages.encode(page, 'gzip')
    expect(pages.byteLength()).toBe(0)
  })
})
