import { describe, expect, it } from 'vitest'
import { articleWith } from './article-with.ts'
import { editFrontMatter, type FieldEdit, type FieldValue } from './edit-front-matter.ts'
import { formatArticle } from './format-article.ts'
import { frontMatterSchema } from './front-matter/front-matter.ts'
import { parseArticle } from './parse-article.ts'
import { reviewDigestOf } from './review.ts'

const path = 'articles/en/2026/11/vault.md'
const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

const plain = `---
title: "Café opens a vault"
publishedAt: 2026-11-20T09:30:00Z
category: BUSINESS
tags: [GOLD, COINS]
coverImage:
  raw: media/vault.jpg
  alt: A vault
ai: { rewritten: true }
---
The vault opened.

It holds 40 coins.
`

function review(text: string): string {
  const bytes = encode(text)
  const set = {
    by: 'News desk',
    at: '2026-11-21T10:00:00.000Z',
    digest: reviewDigestOf({ path, bytes }),
  }
  return decode(editFrontMatter(bytes, { field: 'review', set }))
}

const read = (text: string) => parseArticle({ path, bytes: encode(text) })
const edit = (text: string, change: FieldEdit) => decode(editFrontMatter(encode(text), change))
const reviewed = review(plain)

describe('a review', () => {
  it('is shown while the text is the one that was reviewed', () => {
    const { article, warnings } = read(reviewed)
    expect(article).toMatchObject({
      reviewedBy: 'News desk',
      reviewedAt: '2026-11-21T10:00:00.000Z',
    })
    expect(article).not.toHaveProperty('review')
    expect(warnings).toEqual([])
  })

  it.each([
    ['line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['the Unicode form', (text: string) => text.replace('é', 'e\u0301')],
    [
      'blank lines around the body',
      (text: string) => `${text.replace('---\nThe', '---\n\n\nThe')}\n \n`,
    ],
    [
      'quotes and comments',
      (text: string) => text.replace('"Café opens a vault"', 'Café opens a vault # x'),
    ],
    [
      'another order',
      (text: string) =>
        text
          .replace('category: BUSINESS\n', '')
          .replace('---\nThe', 'category: BUSINESS\n---\nThe'),
    ],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ])('stays with other %s', (_what, change) => {
    const changed = change(reviewed)
    expect(changed).not.toBe(reviewed)
    expect(read(changed).article.reviewedBy).toBe('News desk')
  })

  it.each([
    ['a word of the body', (text: string) => text.replace('40', '400')],
    ['the title', (text: string) => text.replace('Café', 'Cafe')],
    ['the alt text of the cover', (text: string) => text.replace('A vault', 'The vault')],
    ['a word after the end', (text: string) => `${text}\nAnd 3 bars.\n`],
    [
      'a break of a line',
      (text: string) => text.replace('The vault opened.', 'The vault  \nopened.'),
    ],
    ['indentation that makes code', (text: string) => text.replace('---\nThe', '---\n    The')],
  ])('is void, and the check says so, after a change of %s', (_what, change) => {
    const { article, warnings } = read(change(reviewed))
    expect([article.reviewedBy, article.reviewedAt]).toEqual([undefined, undefined])
    expect(warnings).toMatchObject([{ severity: 'warning', field: 'review', line: 10 }])
  })

  it('is void in another language', () => {
    const bytes = encode(reviewed)
    const { article } = parseArticle({ path: path.replace('/en/', '/uk/'), bytes })
    expect(article.reviewedBy).toBeUndefined()
  })

  /** A value for each field that says something else than the sample does. */
  const others: Record<string, FieldValue> = {
    publishedAt: '2026-11-22T09:30:00Z',
    updatedAt: '2026-11-23T09:30:00Z',
    lang: 'uk',
    source: { name: 'A wire' },
    alsoReportedBy: [{ name: 'A wire' }],
    tags: ['SILVER'],
    stickyWeight: 3,
    pinnedUntil: '2026-11-23T09:30:00Z',
    kind: 'opinion',
    breakingUntil: '2026-11-23T09:30:00Z',
    prices: [{ asset: 'BTC', usd: 90_000, at: '2026-11-23T09:30:00Z', source: 'Wire' }],
    chart: { title: 'Outflow', values: ['Mon', 'Tue'].map((label) => ({ label, value: 1 })) },
    storyKey: 'sable-bridge',
    proposedStoryKey: 'sable-bridge',
    sentiment: 'NEGATIVE',
    score: 4,
    draft: true,
    coverImage: { raw: 'media/other.jpg' },
    ai: { rewritten: true, version: 2 },
    canonicalUrl: 'https://news.example/a',
    aliases: ['other'],
    authors: ['Somebody'],
    corrections: [{ at: '2026-11-23T09:30:00Z', text: 'It was 40.' }],
    noindex: true,
    ingest: { story: 'abc' },
    withdrawn: true,
  }
  const whenAndWhere = [
    ...['publishedAt', 'updatedAt', 'stickyWeight', 'pinnedUntil', 'breakingUntil', 'score'],
    ...['draft', 'draftReason', 'withdrawn', 'noindex', 'canonicalUrl', 'aliases', 'externalId'],
    ...['translationKey', 'storyKey', 'proposedStoryKey', 'ingest'],
  ]
  const fields = Object.keys(frontMatterSchema.shape).filter((name) => name !== 'review')

  it.each(fields)('covers %s unless it only says when and where', (field) => {
    const set = others[field] ?? 'Other words'
    const { article } = read(edit(reviewed, { field, set }))
    expect(article.reviewedBy).toBe(whenAndWhere.includes(field) ? 'News desk' : undefined)
  })

  it('cannot be written by what makes files from articles', () => {
    const article = articleWith({ reviewedBy: 'A model', reviewedAt: '2026-11-21T10:00:00.000Z' })
    expect(formatArticle(article)).not.toMatch(/review/)
  })

  it.each([
    ['without a digest', { by: 'Nobody', at: '2026-11-21T10:00:00.000Z' }],
    ['that is a word', 'yes'],
    [
      'with a digest of another text',
      { by: 'Nobody', at: '2026-11-21T10:00:00.000Z', digest: 'abc' },
    ],
  ])('%s is none, and a warning', (_how, set) => {
    const { article, warnings } = read(edit(plain, { field: 'review', set: set as FieldValue }))
    expect(article.reviewedBy).toBeUndefined()
    expect(warnings.map(({ field }) => field.split('.')[0])).toEqual(['review'])
  })
})
