import { beforeEach, describe, expect, it, vi } from 'vitest'
import { listStored, remove, store } from './stored-articles.browser.ts'

const storage = new Map<string, string>()
const vault = { path: '/article/vault', title: 'Vault', lang: 'en', at: '2026-03-02T09:00:00.000Z' }

beforeEach(() => {
  storage.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
  })
})

describe('stored articles', () => {
  it('are listed newest first, each once', () => {
    store('saved', vault)
    store('saved', { ...vault, path: '/article/key' })
    store('saved', vault)
    expect(listStored('saved').map(({ path }) => path)).toEqual(['/article/vault', '/article/key'])
    remove('saved', '/article/vault')
    expect(listStored('saved').map(({ path }) => path)).toEqual(['/article/key'])
    expect(listStored('read')).toEqual([])
  })

  it('are bounded: the longest ago leave', () => {
    for (let number = 0; number < 210; number += 1) {
      store('saved', { ...vault, path: `/article/${number}` })
    }
    expect(listStored('saved')).toHaveLength(200)
    expect(listStored('saved').at(-1)?.path).toBe('/article/10')
  })

  it.each([
    'not JSON',
    '{"a":1}',
    '[1,null,{"path":"/a"}]',
    '[{"path":"//elsewhere.example","title":"","lang":"en","at":""}]',
    '[{"path":"javascript:alert(1)","title":"","lang":"en","at":""}]',
  ])('are none where somebody wrote %s', (text) => {
    storage.set('dateline:saved', text)
    expect(listStored('saved')).toEqual([])
  })

  it('are not kept where the browser keeps nothing', () => {
    vi.stubGlobal('localStorage', undefined)
    expect(store('saved', vault)).toBe(false)
    expect(listStored('saved')).toEqual([])
  })
})
