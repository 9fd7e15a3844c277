import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Cover } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
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
const articleOf = (given: Cover | undefined) =>
  articleWith({ slug: 'a', category: 'BITCOIN', cover: given })

describe('CoverPicture', () => {
  it('keeps the alternative text and reserves the room', () => {
    const html = renderToStaticMarkup(<CoverPicture article={articleOf(cover)} place="article" />)
    expect(html).toContain('alt="Two &quot;coins&quot; &amp; a hand"')
    expect(html).toContain('width="1200" height="675"')
    expect(html).toContain('aspect-ratio:1200/675')
    expect(html).toContain('loading="lazy" decoding="async"')
  })

  it('names its fallback art for the case that the picture cannot be loaded', () => {
    const html = renderToStaticMarkup(<CoverPicture article={articleOf(cover)} place="card" />)
    expect(html).toContain('--fallback-art:url(/prints/1/bitcoin/a?w=480)')
    expect(html).toContain('data-fallback-art="/prints/1/bitcoin/a?w=480"')
  })

  it('has the fallback art in the page for an unpublished article, whose address is a 404', () => {
    const art = /data:image\/svg\+xml;base64,[A-Za-z0-9+/]+=*/
    const html = renderToStaticMarkup(
      <>
        <CoverPicture article={articleOf(undefined)} place="article" isLargest isUnpublished />
        <CoverPicture article={articleOf(cover)} place="article" isUnpublished />
      </>,
    )
    expect(html).not.toContain('/prints/')
    expect(html).toMatch(new RegExp(`<img src="${art.source}"`))
    expect(html).toMatch(new RegExp(`data-fallback-art="${art.source}"`))
  })

  it('lets the caller make it decoration', () => {
    const html = renderToStaticMarkup(
      <CoverPicture article={articleOf(cover)} place="card" isDecoration />,
    )
    expect(html).toContain('alt=""')
  })

  it('fetches the largest picture first', () => {
    const html = renderToStaticMarkup(
      <CoverPicture article={articleOf(cover)} place="lead" isLargest />,
    )
    expect(html).toMatch(/<link rel="preload" as="image" fetchPriority="high" imageSrcSet=/)
    expect(html).toContain('loading="eager"')
    expect(html).not.toContain('lazy')
  })

  it.each([undefined, { ...cover, full: 'javascript:alert(1)', regular: undefined }])(
    'has only the fallback art without a usable cover',
    (missing) => {
      const html = renderToStaticMarkup(<CoverPicture article={articleOf(missing)} place="card" />)
      expect(html).toContain(
        'src="/prints/1/bitcoin/a?w=480" srcSet="/prints/1/bitcoin/a?w=336 336w,',
      )
      expect(html).toContain('width="480" height="320" alt=""')
      expect(html).not.toContain('data-fallback-art')
    },
  )

  it('is the chart where the article has one, and describes it unless it is decoration', () => {
    const values = [1, 2].map((value) => ({ label: `day ${value}`, value }))
    const article = { ...articleOf(cover), chart: { title: 'Flow', values, source: undefined } }
    const html = renderToStaticMarkup(<CoverPicture article={article} place="article" isLargest />)
    expect(html).not.toContain('<img')
    expect(html).not.toContain('preload')
    expect(html).toContain('role="img" aria-label="Flow. day 1: 1; day 2: 2"')
    const card = renderToStaticMarkup(<CoverPicture article={article} place="card" isDecoration />)
    expect(card).toContain('aria-hidden="true"')
    expect(card).not.toContain('day 1')
  })
})
