import { describe, expect, it } from 'vitest'
import { nearest } from './nearest.ts'

describe('nearest', () => {
  it.each([
    ['olso', ['oslo', 'lyon'], 'oslo'],
    ['publihsedAt', ['publishedAt', 'updatedAt'], 'publishedAt'],
    ['MARKET', ['MARKETS', 'MINING'], 'MARKETS'],
    ['cover_image', ['coverImage'], 'coverImage'],
  ])('of %s among %j is %s', (name, known, expected) => {
    expect(nearest(name, known)).toBe(expected)
  })

  it.each([
    ['abcd', ['badc']],
    ['lima', ['oslo', 'lyon']],
    ['x'.repeat(41), ['x'.repeat(41)]],
  ])('has no slip of %s in %j', (name, known) => {
    expect(nearest(name, known)).toBeUndefined()
  })
})
