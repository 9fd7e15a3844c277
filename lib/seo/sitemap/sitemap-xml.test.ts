import { describe, expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { articlesPerPart, escapeXml, toArticleUrl, toNewsUrl, toPageUrl } from './sitemap-xml.ts'

const siteUrl = 'https://dateline.test'

describe('escapeXml', () => {
  it.each([
    ['a]]>b', 'a]]&gt;b'],
    ['</script><b a="1">', '&lt;/script&gt;&lt;b a=&quot;1&quot;&gt;'],
    ['&amp;amp; &', '&amp;amp;amp; &amp;'],
    ['a\u0000\u0008\u000b\u001fb\ufffe\uffff', 'ab'],
    ['half \ud800 of', 'half \ufffd of'],
    ['ביטקוין 🚀 «біржа»', 'ביטקוין 🚀 «біржа»'],
  ])('writes %j as XML can hold it', (text, escaped) => {
    expect(escapeXml(text)).toBe(escaped)
  })
})

describe('addresses in a sitemap', () => {
  it('say when the article was edited last, and shows its cover', () => {
    const article = articleWith({
      slug: 'a&b',
      updatedAt: '2026-03-04T00:00:00.000Z',
      cover: {
        raw: 'https://cdn.test/a.jpg?a=1&b=2',
        full: undefined,
        regular: undefined,
        small: undefined,
        thumb: undefined,
        small_s3: undefined,
        alt: undefined,
        credit: undefined,
      },
    })
    expect(toArticleUrl(article, [], siteUrl)).toBe(
      '<url><loc>https://dateline.test/article/a%26b</loc>' +
        '<lastmod>2026-03-04T00:00:00.000Z</lastmod>' +
        '<image:image><image:loc>https://cdn.test/a.jpg?a=1&amp;b=2</image:loc></image:image></url>\n',
    )
  })

  it('names all versions of a translated article, its own included', () => {
    const [en, uk] = [articleWith(), articleWith({ locale: 'uk' })]
    const versions = [
      ...toArticleUrl(uk, [en], siteUrl).matchAll(/hreflang="([^"]+)" href="([^"]+)"/g),
    ].map(([, language, url]) => [language, url])
    expect(versions).toEqual([
      ['uk', 'https://dateline.test/uk/article/exchange-opens-vault'],
      ['en', 'https://dateline.test/article/exchange-opens-vault'],
      ['x-default', 'https://dateline.test/article/exchange-opens-vault'],
    ])
  })

  it('names no version that asks to be left out', () => {
    const hidden = articleWith({ locale: 'uk', noindex: true })
    expect(toArticleUrl(articleWith(), [hidden], siteUrl)).not.toContain('hreflang')
  })

  it('give Google News the title, the language and when it was first published', () => {
    const article = articleWith({ locale: 'uk', title: 'A & B ]]>\u0007', updatedAt: '2027-01-01' })
    const news = toNewsUrl(article, siteUrl)
    expect(news).toContain('<news:name>Dateline</news:name><news:language>uk</news:language>')
    expect(news).toContain('<news:title>A &amp; B ]]&gt;</news:title>')
    expect(news).toContain(`<news:publication_date>${article.publishedAt}</news:publication_date>`)
  })

  it('says nothing of a page’s last change when nobody knows it', () => {
    const page = { url: 'https://dateline.test/', lastModifiedAt: undefined, languages: undefined }
    expect(toPageUrl(page)).toBe('<url><loc>https://dateline.test/</loc></url>\n')
  })
})

describe('articlesPerPart', () => {
  it('takes fifty thousand, and fewer when their addresses are so long that the file would be', () => {
    expect(articlesPerPart({ siteUrl, longestSlug: 60 })).toBe(50_000)
    const longestSlug = 765
    const parts = articlesPerPart({ siteUrl, longestSlug })
    const article = articleWith({ slug: 'я'.repeat(longestSlug / 6) })
    const url = toArticleUrl(article, [{ ...article, locale: 'uk' }], siteUrl)
    expect(url.length * parts).toBeLessThan(50 * 1024 * 1024)
    expect(parts).toBeGreaterThan(10_000)
  })
})
