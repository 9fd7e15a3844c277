import { describe, expect, it } from 'vitest'
import type { Article, Cover } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { articleMetadata } from './article-metadata.ts'

const siteUrl = 'https://dateline.test'
const headOf = (article: Partial<Article>, ...translations: Partial<Article>[]) =>
  articleMetadata({
    article: articleWith({ slug: 'a', ...article }),
    translations: translations.map((other) => articleWith({ slug: 'a', ...other })),
    siteUrl,
  })

const noFile: Cover = {
  raw: undefined,
  full: undefined,
  regular: undefined,
  small: undefined,
  thumb: undefined,
  small_s3: undefined,
  alt: undefined,
  credit: undefined,
}

describe('articleMetadata', () => {
  it('gives the plain title and the own address as canonical', () => {
    const title = '</script> ]]> ביטקוין 🚀'
    const head = headOf({ title, locale: 'uk' })
    expect(head.title).toBe(title)
    expect(head.alternates?.canonical).toBe('https://dateline.test/uk/article/a')
  })

  it('names every version of a translated article alike on each of them', () => {
    const languages = {
      en: 'https://dateline.test/article/a',
      uk: 'https://dateline.test/uk/article/a',
      'x-default': 'https://dateline.test/article/a',
    }
    expect(headOf({}, { locale: 'uk' }).alternates?.languages).toEqual(languages)
    expect(headOf({ locale: 'uk' }, { locale: 'en' }).alternates?.languages).toEqual(languages)
  })

  it('names no versions when there is only one, or one of two is not for search engines', () => {
    expect(headOf({}).alternates?.languages).toBeUndefined()
    expect(headOf({}, { locale: 'uk', noindex: true }).alternates?.languages).toBeUndefined()
    expect(headOf({ noindex: true }, { locale: 'uk' }).alternates?.languages).toBeUndefined()
  })

  it('leaves the text to its canonical home elsewhere', () => {
    const canonicalUrl = 'https://elsewhere.test/a'
    const { alternates, openGraph } = headOf({ canonicalUrl }, { locale: 'uk' })
    expect(alternates?.canonical).toBe(canonicalUrl)
    expect(alternates?.languages).toBeUndefined()
    expect(openGraph?.url).toBe('https://dateline.test/article/a')
  })

  it('offers the feed of everything and of the section', () => {
    expect(headOf({ category: 'LAYER 2' }).alternates?.types).toMatchObject({
      'application/rss+xml': [
        { url: 'https://dateline.test/rss.xml', title: 'Dateline' },
        { url: 'https://dateline.test/category/layer-2/rss.xml', title: 'Layer 2 · Dateline' },
      ],
      'application/atom+xml': [
        { url: 'https://dateline.test/atom.xml', title: 'Dateline' },
        { url: 'https://dateline.test/category/layer-2/atom.xml', title: 'Layer 2 · Dateline' },
      ],
      'application/feed+json': [
        { url: 'https://dateline.test/feed.json', title: 'Dateline' },
        { url: 'https://dateline.test/category/layer-2/feed.json', title: 'Layer 2 · Dateline' },
      ],
    })
  })

  it('describes the article to networks where it is shared', () => {
    const updatedAt = '2026-03-04T00:00:00.000Z'
    expect(headOf({ locale: 'uk', authors: ['Ann'], updatedAt }).openGraph).toMatchObject({
      type: 'article',
      siteName: 'Dateline',
      locale: 'uk_UA',
      publishedTime: '2026-03-02T09:00:00.000Z',
      modifiedTime: updatedAt,
      section: 'Ринки',
      tags: ['Біржі'],
      authors: ['Ann'],
    })
  })

  it('shows a crop of 1200 by 630 and what is on it', () => {
    const cover = { ...noFile, small: 'https://images.unsplash.com/photo-1?w=400', alt: 'A vault' }
    const { openGraph, twitter } = headOf({ cover })
    const url = expect.stringMatching(/photo-1\?.*h=630&w=1200$/)
    expect(openGraph?.images).toEqual([
      { url, width: 1200, height: 630, type: 'image/jpeg', alt: 'A vault' },
    ])
    expect(twitter).toMatchObject({
      card: 'summary_large_image',
      images: [{ url, alt: 'A vault' }],
    })
  })

  it.each([
    ['a cover of ours', { ...noFile, full: '/covers/a.webp' }],
    [
      'a cover from elsewhere, whose size nobody knows',
      { ...noFile, raw: 'https://cdn.test/a.jpg' },
    ],
    ['no cover', undefined],
  ])('shows a picture that the site makes for %s, with the title as its text', (_, cover) => {
    const url = expect.stringMatching(/^https:\/\/dateline\.test\/article\/a\/share\.jpg\?v=\w+$/)
    expect(headOf({ cover }).openGraph?.images).toEqual([
      { url, width: 1200, height: 630, type: 'image/jpeg', alt: 'Exchange opens a vault' },
    ])
  })

  it('gives the picture another address when the headline on it changes', () => {
    const addressOf = (title: string) => JSON.stringify(headOf({ title }).openGraph?.images)
    expect(addressOf('One').replaceAll('One', '')).not.toBe(addressOf('Two').replaceAll('Two', ''))
  })

  it('leads to the text as Markdown', () => {
    expect(headOf({ locale: 'uk' }).alternates?.types).toMatchObject({
      'text/markdown': 'https://dateline.test/uk/article/a.md',
    })
  })

  it('allows large previews, and asks to be left out only when the article does', () => {
    expect(headOf({}).robots).toEqual({ index: true, follow: true, 'max-image-preview': 'large' })
    expect(headOf({ noindex: true }).robots).toMatchObject({ index: false, follow: true })
  })
})
