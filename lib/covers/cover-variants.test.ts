import { describe, expect, it } from 'vitest'
import { toCoverCredit } from './cover-credit.ts'
import { listCoverVariants } from './cover-variants.ts'

const bare = {
  raw: undefined,
  full: undefined,
  regular: undefined,
  small: undefined,
  thumb: undefined,
  small_s3: undefined,
  alt: undefined,
  credit: undefined,
}

describe('listCoverVariants', () => {
  it('gives the three crops of a photo as JPEG, 16:9 first', () => {
    const variants = listCoverVariants({
      ...bare,
      small: 'https://images.unsplash.com/photo-1?w=9',
    })
    expect(variants.map(({ width, height }) => [width, height])).toEqual([
      [1200, 675],
      [1200, 900],
      [1200, 1200],
    ])
    expect(variants[0]?.url).toContain('fm=jpg')
    expect(variants[0]?.type).toBe('image/jpeg')
  })

  it('makes own files absolute when it knows the base URL, widest first', () => {
    const cover = { ...bare, small: '/covers/a/small.webp', full: '/covers/a/full.webp' }
    expect(listCoverVariants(cover, 'https://dateline.test')).toEqual([
      { url: 'https://dateline.test/covers/a/full.webp', width: 1600, type: 'image/webp' },
      { url: 'https://dateline.test/covers/a/small.webp', width: 400, type: 'image/webp' },
    ])
    expect(listCoverVariants(cover)[0]?.url).toBe('/covers/a/full.webp')
  })

  it('knows the type from the address and else takes it for JPEG', () => {
    const types = (full: string) => listCoverVariants({ ...bare, full })[0]?.type
    expect(types('https://cdn.test/a.PNG?x=1')).toBe('image/png')
    expect(types('https://cdn.test/a?fm=avif')).toBe('image/avif')
    expect(types('https://cdn.test/a')).toBe('image/jpeg')
  })

  it('lists nothing when every address is junk', () => {
    expect(listCoverVariants({ ...bare, full: 'http://plain.test/a.jpg' })).toEqual([])
  })
})

describe('toCoverCredit', () => {
  const unsplash = { ...bare, raw: 'https://images.unsplash.com/photo-1' }

  it('links photographer and platform with the referral parameters', () => {
    const credit = { name: 'Ann Lee', url: 'https://unsplash.com/@ann?utm_source=x' }
    expect(toCoverCredit({ ...unsplash, credit })).toEqual({
      name: 'Ann Lee',
      url: 'https://unsplash.com/@ann?utm_source=dateline&utm_medium=referral',
      platform: {
        name: 'Unsplash',
        url: 'https://unsplash.com/?utm_source=dateline&utm_medium=referral',
      },
    })
  })

  it('leaves other links alone and drops unsafe ones', () => {
    const own = { ...bare, full: '/a.webp' }
    const url = 'https://ann.test/about'
    expect(toCoverCredit({ ...own, credit: { name: 'Ann', url } })).toEqual({
      name: 'Ann',
      url,
      platform: undefined,
    })
    const unsafe = { name: 'Ann', url: 'javascript:alert(1)' }
    expect(toCoverCredit({ ...own, credit: unsafe })?.url).toBeUndefined()
  })

  it('is nothing when the photographer is not known', () => {
    expect(toCoverCredit(unsplash)).toBeUndefined()
  })
})
