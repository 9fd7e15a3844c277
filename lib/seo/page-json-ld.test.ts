import { describe, expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import {
  archiveJsonLd,
  authorJsonLd,
  editorPageJsonLd,
  homeJsonLd,
  listingJsonLd,
} from './page-json-ld.ts'

const siteUrl = 'https://dateline.test'
const graphOf = (script: string) => JSON.parse(script)['@graph']

const organization = {
  '@type': 'NewsMediaOrganization',
  '@id': 'https://dateline.test/#organization',
  name: 'Dateline',
  url: 'https://dateline.test/',
  logo: {
    '@type': 'ImageObject',
    url: 'https://dateline.test/icons/icon-512.png',
    width: 512,
    height: 512,
  },
  foundingDate: '2026',
  publishingPrinciples: 'https://dateline.test/about',
  correctionsPolicy: 'https://dateline.test/about',
}

describe('the structured data of pages', () => {
  it('describes the site, how it is searched and who publishes it', () => {
    const [site, publisher] = graphOf(homeJsonLd({ locale: 'uk', siteUrl }))
    expect(site).toMatchObject({
      '@type': 'WebSite',
      name: 'Dateline',
      url: 'https://dateline.test/uk',
      inLanguage: 'uk',
      publisher: { '@id': organization['@id'] },
      potentialAction: {
        '@type': 'SearchAction',
        target: { urlTemplate: 'https://dateline.test/uk/search?q={search_term_string}' },
        'query-input': 'required name=search_term_string',
      },
    })
    expect(publisher).toEqual(organization)
  })

  it('lists what a page of a listing lists, with its place among all pages', () => {
    const title = '</script><b>]]>&amp;amp; ביטקוין 🚀 \ud800'
    const script = listingJsonLd({
      locale: 'en',
      scope: { kind: 'tag', segment: 'btc' },
      name: 'BTC',
      listing: { articles: [articleWith({ slug: 'a', title })], page: 2, articleCount: 25 },
      siteUrl,
    })
    expect(script).not.toMatch(/[<>]/)
    const [page, breadcrumbs, publisher] = graphOf(script)
    expect(page).toMatchObject({
      '@type': 'CollectionPage',
      url: 'https://dateline.test/tag/btc/page/2',
      name: 'BTC',
      mainEntity: {
        '@type': 'ItemList',
        numberOfItems: 25,
        itemListElement: [
          {
            '@type': 'ListItem',
            position: 25,
            url: 'https://dateline.test/article/a',
            name: title.toWellFormed(),
          },
        ],
      },
    })
    expect(breadcrumbs.itemListElement).toEqual([
      { '@type': 'ListItem', position: 1, name: 'Front page', item: 'https://dateline.test/' },
      { '@type': 'ListItem', position: 2, name: 'Topics', item: 'https://dateline.test/tags' },
      { '@type': 'ListItem', position: 3, name: 'BTC', item: 'https://dateline.test/tag/btc' },
    ])
    expect(publisher).toEqual(organization)
  })

  it('puts the archive between the front page and a month', () => {
    const script = listingJsonLd({
      locale: 'en',
      scope: { kind: 'archive', year: 2026, month: 3 },
      name: 'March 2026',
      listing: { articles: [], page: 1, articleCount: 0 },
      siteUrl,
    })
    const names = graphOf(script)[1].itemListElement.map(({ item }: { item: string }) => item)
    expect(names).toEqual([
      'https://dateline.test/',
      'https://dateline.test/archive',
      'https://dateline.test/archive/2026/03',
    ])
  })

  it('knows the archive, the pages of editors and the authors', () => {
    expect(graphOf(archiveJsonLd({ locale: 'uk', siteUrl }))[0]).toMatchObject({
      '@type': 'CollectionPage',
      url: 'https://dateline.test/uk/archive',
    })
    const page = {
      locale: 'uk' as const,
      name: 'about',
      title: 'Про нас',
      description: '',
      updatedAt: undefined,
      noindex: false,
      inFooter: true,
    }
    const author = {
      key: 'olena',
      name: 'Olena Koval',
      role: 'Editor',
      bio: undefined,
      links: [{ name: 'Elsewhere', url: 'https://social.example/@olena' }],
      picture: '/media/olena.jpg',
      body: '',
    }
    expect(graphOf(authorJsonLd({ locale: 'uk', author, siteUrl }))[0].mainEntity).toMatchObject({
      '@type': 'Person',
      // The same person in every language.
      '@id': 'https://dateline.test/author/olena#person',
      url: 'https://dateline.test/uk/author/olena',
      image: 'https://dateline.test/media/olena.jpg',
      sameAs: ['https://social.example/@olena'],
    })
    expect(graphOf(editorPageJsonLd({ page, siteUrl }))[0]).toMatchObject({
      '@type': 'AboutPage',
      url: 'https://dateline.test/uk/about',
      about: { '@id': organization['@id'] },
    })
  })
})
