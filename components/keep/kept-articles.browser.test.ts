import { beforeEach, describe, expect, it, vi } from 'vitest'
import { drop, keep, listKept } from './kept-articles.browser.ts'

const stored = new Map<string, string>()
const vault = { path: '/article/vault', title: 'Vault', lang: 'en', at: '2026-03-02T09:00:00.000Z' }

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  })
})

describe('kept articles', () => {
  it('are listed newest first, each once', () => {
    keep('saved', vault)
    keep('saved', { ...vault, path: '/article/key' })
    keep('saved', vault)
    expect(listKept('saved').map(({ path }) => path)).toEqual(['/article/vault', '/article/key'])
    drop('saved', '/article/vault')
    expect(listKept('saved').map(({ path }) => path)).toEqual(['/article/key'])
    expect(listKept('read')).toEqual([])
  })

  it('are bounded: the longest ago leave', () => {
    for (let number = 0; number < 210; number += 1) {
      keep('saved', { ...vault, path: `/article/${number}` })
    }
    expect(listKept('saved')).toHaveLength(200)
    expect(listKept('saved').at(-1)?.path).toBe('/article/10')
  })

  it.each([
    'not JSON',
    '{"a":1}',
    '[1,null,{"path":"/a"}]',
    '[{"path":"//elsewhere.example","title":"","lang":"en","at":""}]',
    '[{"path":"javascript:alert(1)","title":"","lang":"en","at":""}]',
  ])('are none where somebody wrote %s', (text) => {
    stored.set('dateline:saved', text)
    expect(listKept('saved')).toEqual([])
  })

  it('are not kept where the browser keeps nothing', () => {
    vi.stubGlobal('localStorage', undefined)
    expect(keep('saved', vault)).toBe(false)
    expect(listKept('saved')).toEqual([])
  })
})
