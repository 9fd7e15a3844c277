import { describe, expect, it } from 'vitest'
import type { ListingScope } from '#lib/site/routes.ts'
import {
  homeMetadata,
  listingMetadata,
  noticeMetadata,
  plainPageMetadata,
  searchMetadata,
} from './page-metadata.ts'

const siteUrl = 'https://dateline.test'

describe('the heads of listings', () => {
  it('gives the front page its whole title and both languages', () => {
    const { title, alternates } = homeMetadata({ locale: 'uk', siteUrl })
    expect(title).toEqual({ absolute: expect.stringMatching(/^Dateline — /) })
    expect(alternates?.canonical).toBe('https://dateline.test/uk')
    expect(alternates?.languages).toEqual({
      en: 'https://dateline.test/',
      uk: 'https://dateline.test/uk',
      'x-default': 'https://dateline.test/',
    })
  })

  it('tells the pages of a category, a tag and a source of one name apart', () => {
    const listing = { page: 1, pageCount: 1, articleCount: 9 }
    const scopes: ListingScope[] = [
      { kind: 'category', segment: 'etf' },
      { kind: 'tag', segment: 'etf' },
      { kind: 'source', key: 'etf' },
    ]
    for (const locale of ['en', 'uk'] as const) {
      const titles = scopes.map(
        (scope) => listingMetadata({ locale, scope, name: 'ETF', listing, siteUrl }).title,
      )
      expect(new Set(titles).size).toBe(3)
    }
  })

  it('numbers further pages in title and canonical address', () => {
    const scope = { kind: 'tag', segment: 'btc' } as const
    const pageOf = (page: number) =>
      listingMetadata({
        locale: 'en',
        scope,
        name: 'BTC',
        listing: { page, pageCount: 3, articleCount: 60 },
        siteUrl,
      })
    expect(pageOf(1).title).toBe('Topic: BTC')
    expect(pageOf(1).alternates?.canonical).toBe('https://dateline.test/tag/btc')
    expect(pageOf(2).title).toBe('Topic: BTC · Page 2 of 3')
    expect(pageOf(2).alternates?.canonical).toBe('https://dateline.test/tag/btc/page/2')
    expect(pageOf(2).alternates?.languages).toBeUndefined()
    expect(pageOf(2).robots).toMatchObject({ index: true })
  })

  it('offers the feed of the listing beside that of everything', () => {
    const { alternates } = listingMetadata({
      locale: 'uk',
      scope: { kind: 'category', segment: 'defi' },
      name: 'DeFi',
      listing: { page: 1, pageCount: 1, articleCount: 9 },
      siteUrl,
    })
    expect(alternates?.types).toEqual({
      'application/rss+xml': [
        { url: 'https://dateline.test/uk/rss.xml', title: 'Dateline' },
        { url: 'https://dateline.test/uk/category/defi/rss.xml', title: 'DeFi · Dateline' },
      ],
      'application/atom+xml': [
        { url: 'https://dateline.test/uk/atom.xml', title: 'Dateline' },
        { url: 'https://dateline.test/uk/category/defi/atom.xml', title: 'DeFi · Dateline' },
      ],
      'application/feed+json': [
        { url: 'https://dateline.test/uk/feed.json', title: 'Dateline' },
        { url: 'https://dateline.test/uk/category/defi/feed.json', title: 'DeFi · Dateline' },
      ],
    })
  })

  it('asks search engines to leave out a tag with one article, but no section', () => {
    const robotsOf = (scope: ListingScope, articleCount: number) => {
      const listing = { page: 1, pageCount: 1, articleCount }
      return listingMetadata({ locale: 'en', scope, name: 'BTC', listing, siteUrl }).robots
    }
    const tag = { kind: 'tag', segment: 'btc' } as const
    expect(robotsOf(tag, 1)).toMatchObject({ index: false, follow: true })
    expect(robotsOf(tag, 2)).toMatchObject({ index: true })
    expect(robotsOf({ kind: 'category', segment: 'btc' }, 1)).toMatchObject({ index: true })
  })

  it('shows the paper’s own picture, with its size and what is on it', () => {
    const { openGraph, twitter } = homeMetadata({ locale: 'uk', siteUrl })
    const url = 'https://dateline.test/uk/share.jpg'
    const alt = 'Dateline — Новини криптосвіту простими словами'
    expect(openGraph?.images).toEqual([{ url, width: 1200, height: 630, alt, type: 'image/jpeg' }])
    expect(twitter).toMatchObject({ card: 'summary_large_image', images: [{ url, alt }] })
  })

  it('knows the archive in every language', () => {
    const { alternates } = plainPageMetadata({ locale: 'en', page: 'archive', siteUrl })
    expect(alternates?.canonical).toBe('https://dateline.test/archive')
    expect(alternates?.languages).toMatchObject({ uk: 'https://dateline.test/uk/archive' })
  })

  it('keeps search results out of search engines but lets them follow the links', () => {
    const asked = { locale: 'en', hasQuery: true, siteUrl } as const
    const head = searchMetadata({ ...asked, text: '</title> ether' })
    expect(head.title).toBe('Results for “</title> ether”')
    expect(head.robots).toMatchObject({ index: false, follow: true })
    expect(head.alternates?.canonical).toBeUndefined()
    expect(searchMetadata({ ...asked, text: '' }).robots).toMatchObject({ index: false })
  })

  it('offers the search itself to search engines, in every language', () => {
    const head = searchMetadata({ locale: 'uk', text: '', hasQuery: false, siteUrl })
    expect(head.title).toBe('Пошук')
    expect(head.robots).toMatchObject({ index: true })
    expect(head.alternates).toMatchObject({
      canonical: 'https://dateline.test/uk/search',
      languages: {
        en: 'https://dateline.test/search',
        'x-default': 'https://dateline.test/search',
      },
    })
  })

  it('gives notices neither an address nor a place in search engines', () => {
    const head = noticeMetadata({ locale: 'en', kind: 'gone' })
    expect(head.title).toBe('This article was withdrawn')
    expect(head.robots).toMatchObject({ index: false })
    expect(head.alternates).toBeUndefined()
  })
})
