import { describe, expect, it } from 'vitest'
import type { AiProvenance, Article, Cover } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { articleJsonLd } from './article-json-ld.ts'

const siteUrl = 'https://dateline.test'
const graphOf = (article: Partial<Article>, ...translations: Partial<Article>[]) => {
  const script = articleJsonLd({
    article: articleWith({ slug: 'a', ...article }),
    translations: translations.map((other) => articleWith({ slug: 'a', ...other })),
    siteUrl,
  })
  const [news, place] = JSON.parse(script)['@graph']
  return { script, news, place }
}

const noModel: AiProvenance = {
  rewritten: false,
  expandedAt: undefined,
  version: undefined,
  translatedFrom: undefined,
}

const cover: Cover = {
  raw: 'https://images.unsplash.com/photo-1',
  full: undefined,
  regular: undefined,
  small: undefined,
  thumb: undefined,
  small_s3: undefined,
  alt: 'A vault',
  credit: { name: 'Ann Lee', url: undefined },
}

describe('articleJsonLd', () => {
  it('describes a live story with its updates, each with an address of its own', () => {
    const update = {
      id: 'update-20260302-1000',
      at: '2026-03-02T10:00:00.000Z',
      title: 'Opened',
      text: 'A.',
    }
    const article = articleWith({ slug: 'a', kind: 'live', updatedAt: update.at })
    const script = articleJsonLd({ article, translations: [], updates: [update], siteUrl })
    expect(JSON.parse(script)['@graph'][0]).toMatchObject({
      '@type': 'LiveBlogPosting',
      coverageStartTime: '2026-03-02T09:00:00.000Z',
      coverageEndTime: '2026-03-02T10:00:00.000Z',
      liveBlogUpdate: [
        {
          '@type': 'BlogPosting',
          url: 'https://dateline.test/article/a#update-20260302-1000',
          headline: 'Opened',
          datePublished: '2026-03-02T10:00:00.000Z',
          articleBody: 'A.',
        },
      ],
    })
  })

  it('describes the article as news', () => {
    const { news } = graphOf({ locale: 'uk', tags: ['BTC', 'EXCHANGE'] })
    expect(news).toMatchObject({
      '@type': 'NewsArticle',
      headline: 'Exchange opens a vault',
      url: 'https://dateline.test/uk/article/a',
      mainEntityOfPage: { '@type': 'WebPage', '@id': 'https://dateline.test/uk/article/a' },
      datePublished: '2026-03-02T09:00:00.000Z',
      dateModified: '2026-03-02T09:00:00.000Z',
      publisher: {
        '@type': 'NewsMediaOrganization',
        name: 'Dateline',
        url: 'https://dateline.test/',
        publishingPrinciples: 'https://dateline.test/about',
        logo: { url: 'https://dateline.test/icons/icon-512.png' },
      },
      articleSection: 'Ринки',
      keywords: ['BTC', 'Біржі'],
      inLanguage: 'uk',
      isAccessibleForFree: true,
      wordCount: 6,
    })
  })

  it('names persons as authors, or the publication when nobody signs', () => {
    expect(graphOf({ authors: ['Ann'] }).news.author).toEqual([{ '@type': 'Person', name: 'Ann' }])
    expect(graphOf({}).news.author).toMatchObject({ '@type': 'Organization', name: 'Dateline' })
  })

  it('gives the cover in the three ratios that Google asks for, with its credit', () => {
    const { image } = graphOf({ cover }).news
    const sizes = image.map(({ width, height }: { width: number; height: number }) => [
      width,
      height,
    ])
    expect(sizes).toEqual([
      [1200, 675],
      [1200, 900],
      [1200, 1200],
    ])
    expect(image[0]).toMatchObject({ caption: 'A vault', creditText: 'Ann Lee / Unsplash' })
  })

  it.each([
    ['a cover of ours', { ...cover, raw: undefined, full: '/covers/a.webp' }, 'A vault'],
    ['the drawing of an article without one', undefined, undefined],
  ])('cuts %s to the same ratios', (_, own, caption) => {
    const { image } = graphOf({ cover: own }).news
    expect(image.map(({ url }: { url: string }) => url.replace(/\?v=\w+$/, ''))).toEqual([
      'https://dateline.test/article/a/16x9.jpg',
      'https://dateline.test/article/a/4x3.jpg',
      'https://dateline.test/article/a/1x1.jpg',
    ])
    expect(image[2]).toMatchObject({ width: 1200, height: 1200 })
    expect(image[2].caption).toBe(caption)
  })

  it('gives a cover from elsewhere as it is, and claims no size for it', () => {
    const { image } = graphOf({ cover: { ...cover, raw: 'https://cdn.test/a.jpg' } }).news
    expect(image).toHaveLength(1)
    expect(image[0].url).toBe('https://cdn.test/a.jpg')
    expect(image[0]).not.toHaveProperty('width')
  })

  it('says what the text is based on when the story has an address', () => {
    const source = { name: 'Wire', key: 'wire', type: 'RSS', url: 'https://wire.test/1' }
    expect(graphOf({ source }).news.isBasedOn).toMatchObject({
      url: 'https://wire.test/1',
      publisher: { name: 'Wire' },
    })
    expect(graphOf({ source }).news.citation).toEqual(['https://wire.test/1'])
    expect(graphOf({ source: { ...source, url: undefined } }).news).not.toHaveProperty('isBasedOn')
  })

  it('cites who else reported the story', () => {
    const other = { name: 'Desk', key: 'desk', type: 'RSS', url: 'https://desk.test/2' }
    const alsoReportedBy = [other, { ...other, key: 'silent', url: undefined }]
    expect(graphOf({ alsoReportedBy }).news.citation).toEqual(['https://desk.test/2'])
  })

  it.each([
    ['nothing of a text without a model', undefined, undefined],
    ['nothing of a model that did nothing', noModel, undefined],
    ['a model wrote it', { ...noModel, rewritten: true }, 'TrainedAlgorithmicMediaDigitalSource'],
    [
      'a model had a part in it',
      { ...noModel, translatedFrom: 'en' },
      'CompositeWithTrainedAlgorithmicMediaDigitalSource',
    ],
  ])('says %s', (_, ai, term) => {
    expect(graphOf({ ai }).news.digitalSourceType).toBe(term && `https://schema.org/${term}`)
  })

  it('says who has reviewed the page, where somebody has', () => {
    const review = { reviewedBy: 'Olha', reviewedAt: '2026-03-03T00:00:00.000Z' }
    expect(graphOf(review).news.mainEntityOfPage).toMatchObject({
      reviewedBy: { '@type': 'Person', name: 'Olha' },
      lastReviewed: '2026-03-03T00:00:00.000Z',
    })
    expect(graphOf({}).news.mainEntityOfPage).not.toHaveProperty('reviewedBy')
  })

  it('lists corrections with their dates', () => {
    const corrections = [{ at: '2026-03-03T00:00:00.000Z', text: 'The vault is in Kyiv.' }]
    expect(graphOf({ corrections }).news.correction).toEqual([
      {
        '@type': 'CorrectionComment',
        text: 'The vault is in Kyiv.',
        datePublished: '2026-03-03T00:00:00.000Z',
      },
    ])
  })

  it('points from an original to its translations and back', () => {
    const ai = { ...noModel, translatedFrom: 'uk' }
    const uk = 'https://dateline.test/uk/article/a'
    expect(graphOf({ ai }, { locale: 'uk' }).news.translationOfWork.url).toBe(uk)
    expect(graphOf({ ai }, { locale: 'uk' }).news).not.toHaveProperty('workTranslation')
    const en = { locale: 'en', ai } as const
    expect(graphOf({ locale: 'uk' }, en).news.workTranslation[0].inLanguage).toBe('en')
    expect(graphOf({}, { locale: 'uk' }).news.workTranslation[0].url).toBe(uk)
  })

  it('has the breadcrumbs from the front page', () => {
    expect(graphOf({}).place.itemListElement).toMatchObject([
      { position: 1, item: 'https://dateline.test/' },
      { position: 2, name: 'Markets', item: 'https://dateline.test/category/markets' },
      { position: 3, name: 'Exchange opens a vault', item: 'https://dateline.test/article/a' },
    ])
  })

  it('cannot be left by a hostile title', () => {
    const title = '</script><script>alert("1")</script> ]]> ביטקוין 🚀 \ud800'
    const { script, news } = graphOf({ title })
    expect(script).not.toMatch(/[<>]/)
    expect(news.headline).toBe(title.toWellFormed())
  })
})
