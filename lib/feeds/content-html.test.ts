import { describe, expect, it } from 'vitest'
import type { Article, Cover } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { compileBody } from '#lib/markdown/compile-body.ts'
import { toArticleUrl, toContentHtml } from './content-html.ts'

const siteUrl = 'https://dateline.test'

function toHtml(overrides: Partial<Article>, resolvePath = (path: string) => path): string {
  const article = articleWith(overrides)
  const { body, locale } = article
  const articleUrl = toArticleUrl(article, siteUrl)
  const compiled = compileBody({ body, locale, siteUrl, articleUrl })
  return toContentHtml(article, compiled, { siteUrl, resolvePath })
}

const rewritten = {
  rewritten: true,
  expandedAt: undefined,
  version: undefined,
  translatedFrom: undefined,
}

describe('toContentHtml', () => {
  it('makes every link and picture absolute, as seen from the article', () => {
    const html = toHtml({
      slug: 'a',
      locale: 'uk',
      body: '[one](/article/b) [two](c) [three](?q) ![four](/d.webp) note[^1]\n\n[^1]: Text.',
    })
    expect(html).toContain('href="https://dateline.test/article/b"')
    expect(html).toContain('href="https://dateline.test/uk/article/c"')
    expect(html).toContain('href="https://dateline.test/uk/article/a?q"')
    expect(html).toContain('src="https://dateline.test/d.webp"')
    expect(html).toContain('href="https://dateline.test/uk/article/a#user-content-fn-1"')
    expect(html).not.toMatch(/(href|src)="(?!https:\/\/dateline\.test\/)/)
  })

  it('tells first that a model wrote the text, in the language of the article', () => {
    expect(toHtml({ ai: rewritten })).toMatch(
      /^<p><em>Written by AI\. This text was written by a language model from a story by Sample Wire\./,
    )
    const translated = { ...rewritten, rewritten: false, translatedFrom: 'en' }
    expect(toHtml({ locale: 'uk', ai: translated })).toMatch(/^<p><em>Переклав ШІ\..*англійськ/)
  })

  it('says nothing of models when none had a part', () => {
    expect(toHtml({})).toMatch(/^<p>The exchange opened/)
    expect(toHtml({ ai: { ...rewritten, rewritten: false } })).toMatch(/^<p>The exchange opened/)
  })

  it('has prices and a chart in words after the text', () => {
    const html = toHtml({
      locale: 'uk',
      prices: [{ asset: 'bitcoin', usd: 91_250, at: '2026-03-02T08:00:00.000Z', source: 'A & B' }],
      chart: {
        title: 'Відплив, млн доларів',
        values: [
          { label: 'пн', value: 1.5 },
          { label: 'вт', value: 2 },
        ],
        source: undefined,
      },
    })
    expect(html).toContain('<p>Відплив, млн доларів. пн: 1,5; вт: 2</p>')
    expect(html.replaceAll('\u00a0', ' ')).toContain(
      'Ціни на момент публікації: Біткоїн 91 250 $ (2 березня 2026 р. о 08:00 UTC, A &#x26; B)',
    )
    expect(toHtml({})).not.toContain('Prices')
  })

  it('ends with the corrections, newest first, and then the source story', () => {
    const html = toHtml({
      corrections: [
        { at: '2026-03-03T00:00:00.000Z', text: 'The <b> vault' },
        { at: '2026-03-05T00:00:00.000Z', text: 'The door' },
      ],
      source: { name: 'A & B', key: 'ab', type: undefined, url: 'https://ab.test/s?x=1&y=2' },
    })
    expect(html).toMatch(/<h2>Corrections<\/h2><ul>.*5 March 2026.*The door.*3 March 2026/s)
    expect(html).toContain('The &#x3C;b> vault')
    expect(html).toMatch(
      /Via A &#x26; B\. <a href="https:\/\/ab\.test\/s\?x=1&#x26;y=2"[^>]*>.*<\/p>$/,
    )
  })

  it('credits the photographer of the cover without showing the cover', () => {
    const cover: Cover = {
      raw: 'https://images.unsplash.com/photo-1?ixid=x',
      full: undefined,
      regular: undefined,
      small: undefined,
      thumb: undefined,
      small_s3: undefined,
      alt: 'A vault',
      credit: { name: 'Ann Lee', url: 'https://unsplash.com/@ann' },
    }
    const html = toHtml({ cover })
    expect(html).toMatch(/Photo by <a [^>]*>Ann Lee<\/a> on <a [^>]*>Unsplash<\/a>/)
    expect(html).not.toContain('images.unsplash.com')
  })

  it('leads a link where it leads by now', () => {
    const body = '[b](/article/b)'
    expect(toHtml({ body })).toContain('href="https://dateline.test/article/b"')
    const localized = toHtml({ body }, (path) => `/uk${path}`)
    expect(localized).toContain('href="https://dateline.test/uk/article/b"')
  })
})
