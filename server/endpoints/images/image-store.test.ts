import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { openImageStore } from './image-store.ts'

const root = mkdtempSync(join(tmpdir(), 'images-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const image = Buffer.alloc(100, 1)
const fail = () => Promise.reject(new Error('not kept'))

describe('openImageStore', () => {
  it('gives back what was written, also to the next process', async () => {
    const options = { folder: join(root, 'kept'), maxBytes: 1000 }
    await openImageStore(options).obtain('a', async () => image)
    const next = openImageStore(options)
    expect(await next.obtain('a', fail)).toEqual(image)
    await expect(next.obtain('b', fail)).rejects.toThrow('not kept')
  })

  it('stays within its bounds: what was unused longest leaves first', async () => {
    const store = openImageStore({ folder: join(root, 'full'), maxBytes: 300 })
    for (const key of ['a', 'b', 'c']) {
      await store.obtain(key, async () => image)
      await wait(15)
    }
    await store.obtain('a', fail)
    await wait(15)
    await store.obtain('d', async () => image)
    expect(readdirSync(join(root, 'full')).sort()).toEqual(['a.jpg', 'c.jpg', 'd.jpg'])
  })

  it('does without a folder that it cannot have', async () => {
    const folder = join(root, 'a-file')
    writeFileSync(folder, '')
    const store = openImageStore({ folder, maxBytes: 300 })
    expect(await store.obtain('a', async () => image)).toEqual(image)
    await expect(store.obtain('a', fail)).rejects.toThrow('not kept')
  })
})
