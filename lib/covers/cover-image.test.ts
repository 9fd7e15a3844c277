import { describe, expect, it } from 'vitest'
import type { Cover } from '#lib/content/article.ts'
import { toCoverImage } from './cover-image.ts'

function coverWith(variants: Partial<Cover>): Cover {
  const none = undefined
  return {
    raw: none,
    full: none,
    regular: none,
    small: none,
    thumb: none,
    small_s3: none,
    alt: none,
    credit: none,
    ...variants,
  }
}

const photo = 'https://images.unsplash.com/photo-1-a'

function candidates(srcSet: string | undefined): { url: URL; width: number }[] {
  return (srcSet ?? '').split(', ').map((candidate) => {
    const [url = '', width = ''] = candidate.split(' ')
    return { url: new URL(url, 'https://site.test'), width: Number(width.replace(/w$/, '')) }
  })
}

describe('toCoverImage of an Unsplash photo', () => {
  const cover = coverWith({
    raw: `${photo}?ixid=abc&ixlib=rb-4.1.0`,
    regular: `${photo}?crop=entropy&fit=max&ixid=abc&ixlib=rb-4.1.0&q=80&w=1080&dpr=2`,
  })

  it('offers every width of the place, cropped to its ratio', () => {
    const offered = candidates(toCoverImage(cover, 'lead')?.srcSet)
    expect(offered.map(({ width }) => width)).toEqual([480, 800, 1200, 1600, 2000])
    for (const { url, width } of offered) {
      expect(Number(url.searchParams.get('w'))).toBe(width)
      expect(Number(url.searchParams.get('h'))).toBe((width * 9) / 16)
      expect(url.searchParams.get('fit')).toBe('crop')
    }
  })

  it('keeps ixid and ixlib and replaces sizes that were there', () => {
    const image = toCoverImage(coverWith({ regular: cover.regular }), 'thumbnail')
    const { searchParams } = new URL(image?.src ?? '')
    expect(searchParams.get('ixid')).toBe('abc')
    expect(searchParams.get('ixlib')).toBe('rb-4.1.0')
    expect(searchParams.getAll('w')).toEqual(['160'])
    expect(searchParams.getAll('q')).toEqual(['70'])
    expect(searchParams.has('dpr')).toBe(false)
  })

  it('falls back to the copy on S3 only when there is nothing else', () => {
    const copy = 'https://s3.us-west-2.amazonaws.com/images.unsplash.com/small/photo-1-a'
    expect(toCoverImage(coverWith({ small_s3: copy }), 'card')).toEqual({
      src: copy,
      srcSet: undefined,
      sizes: undefined,
      width: 480,
      height: 320,
    })
    expect(toCoverImage(coverWith({ thumb: photo, small_s3: copy }), 'card')?.srcSet).not.toContain(
      's3.',
    )
  })

  it('is one picture of 1200 by 630 for a shared link', () => {
    const image = toCoverImage(cover, 'share')
    expect(image).toMatchObject({ srcSet: undefined, width: 1200, height: 630 })
    expect(image?.src).toContain('h=630&w=1200')
  })
})

describe('toCoverImage of other files', () => {
  const local = coverWith({
    full: '/covers/a/full.webp',
    regular: '/covers/a/regular.webp',
    small: '/covers/a/small.webp',
    thumb: '/covers/a/thumb.webp',
  })

  it('offers the files by their nominal widths, ascending', () => {
    expect(toCoverImage(local, 'card')).toEqual({
      src: '/covers/a/regular.webp',
      srcSet: '/covers/a/thumb.webp 200w, /covers/a/small.webp 400w, /covers/a/regular.webp 1080w',
      sizes: expect.stringContaining('vw'),
      width: 480,
      height: 320,
    })
  })

  it('leaves out files that are too small or too large for the place', () => {
    expect(candidates(toCoverImage(local, 'thumbnail')?.srcSet).map(({ width }) => width)).toEqual([
      200, 400,
    ])
    expect(candidates(toCoverImage(local, 'article')?.srcSet).map(({ width }) => width)).toEqual([
      400, 1080, 1600,
    ])
  })

  it('believes the width in the address and names no file or width twice', () => {
    const cover = coverWith({
      raw: 'https://cdn.test/a?w=900',
      full: 'https://cdn.test/a?w=900',
      regular: 'https://cdn.test/b?width=900',
      small: 'https://cdn.test/a?w=450',
    })
    expect(toCoverImage(cover, 'card')?.srcSet).toBe(
      'https://cdn.test/a?w=450 450w, https://cdn.test/b?width=900 900w',
    )
  })

  it('is a plain src when there is one file', () => {
    expect(toCoverImage(coverWith({ small: '/a.webp' }), 'lead')).toMatchObject({
      src: '/a.webp',
      srcSet: undefined,
      sizes: undefined,
      width: 1200,
      height: 675,
    })
  })

  it('percent-encodes spaces and commas', () => {
    const image = toCoverImage(coverWith({ small: '/a b,c.webp', full: '/ї.webp?x=1,2' }), 'lead')
    expect(image?.srcSet).toBe('/a%20b%2Cc.webp 400w, /%D1%97.webp?x=1%2C2 1600w')
  })

  it.each([
    'http://plain.test/a.jpg',
    '//elsewhere.test/a.jpg',
    '/\\elsewhere.test/a.jpg',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'https://user:word@a.test/a.jpg',
    'https://',
    'a.jpg',
    '/a\n.jpg',
    '',
  ])('ignores %j', (junk) => {
    expect(toCoverImage(coverWith({ raw: junk, full: junk }), 'card')).toBeUndefined()
    expect(toCoverImage(coverWith({ raw: junk, thumb: '/ok.webp' }), 'card')?.src).toBe('/ok.webp')
  })
})
