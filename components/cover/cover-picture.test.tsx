import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Cover } from '#lib/content/article.ts'
import { CoverPicture } from './cover-picture.tsx'

const cover: Cover = {
  raw: undefined,
  full: '/covers/a/full.webp',
  regular: '/covers/a/regular.webp',
  small: undefined,
  thumb: undefined,
  small_s3: undefined,
  alt: 'Two "coins" & a hand',
  credit: undefined,
}
const article = { seed: 'a', category: 'BITCOIN' }

describe('CoverPicture', () => {
  it('keeps the alternative text and reserves the room', () => {
    const html = renderToStaticMarkup(<CoverPicture cover={cover} place="article" {...article} />)
    expect(html).toContain('alt="Two &quot;coins&quot; &amp; a hand"')
    expect(html).toContain('width="1200" height="675"')
    expect(html).toContain('aspect-ratio:1200/675')
    expect(html).toContain('loading="lazy" decoding="async"')
  })

  it('names its fallback art for the case that the picture cannot be loaded', () => {
    const html = renderToStaticMarkup(<CoverPicture cover={cover} place="card" {...article} />)
    expect(html).toContain('--fallback-art:url(/prints/1/bitcoin/a?w=480)')
    expect(html).toContain('data-fallback-art="/prints/1/bitcoin/a?w=480"')
  })

  it('has the fallback art in the page for an unpublished article, whose address is a 404', () => {
    const art = /data:image\/svg\+xml;base64,[A-Za-z0-9+/]+=*/
    const html = renderToStaticMarkup(
      <>
        <CoverPicture cover={undefined} place="article" isLargest isUnpublished {...article} />
        <CoverPicture cover={cover} place="article" isUnpublished {...article} />
      </>,
    )
    expect(html).not.toContain('/prints/')
    expect(html).toMatch(new RegExp(`<img src="${art.source}"`))
    expect(html).toMatch(new RegExp(`data-fallback-art="${art.source}"`))
  })

  it('lets the caller make it decoration', () => {
    const html = renderToStaticMarkup(
      <CoverPicture cover={cover} place="card" alt="" {...article} />,
    )
    expect(html).toContain('alt=""')
  })

  it('fetches the largest picture first', () => {
    const html = renderToStaticMarkup(
      <CoverPicture cover={cover} place="lead" isLargest {...article} />,
    )
    expect(html).toMatch(/<link rel="preload" as="image" fetchPriority="high" imageSrcSet=/)
    expect(html).toContain('loading="eager"')
    expect(html).not.toContain('lazy')
  })

  it.each([undefined, { ...cover, full: 'javascript:alert(1)', regular: undefined }])(
    'has only the fallback art without a usable cover',
    (missing) => {
      const html = renderToStaticMarkup(<CoverPicture cover={missing} place="card" {...article} />)
      expect(html).toContain(
        'src="/prints/1/bitcoin/a?w=480" srcSet="/prints/1/bitcoin/a?w=336 336w,',
      )
      expect(html).toContain('width="480" height="320" alt=""')
      expect(html).not.toContain('data-fallback-art')
    },
  )
})
