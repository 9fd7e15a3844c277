import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { articleWith } from './article-with.ts'
import { formatArticle } from './format-article.ts'
import { parseArticle } from './parse-article.ts'

function readBack(text: string, path = 'articles/en/2026/03/exchange-opens-vault.md') {
  return parseArticle({ path, bytes: new TextEncoder().encode(text) })
}

describe('formatArticle', () => {
  it('is read back as the same article, every field of it', () => {
    const article = articleWith({
      title: `It's "5 %": a # of 'quotes' & {braces} | “typographic”`,
      description: '- begins like a list: and has a colon',
      updatedAt: '2026-03-04T09:00:00.123Z',
      externalId: '0012',
      source: { name: 'Wire: One', key: 'wire', type: 'RSS', url: 'https://wire.example/a?b=1' },
      alsoReportedBy: [
        { name: 'Second', key: 'second', type: undefined, url: 'https://two.example/' },
      ],
      authors: ['Леся Українка', 'null'],
      tags: ['BTC', 'LAYER 2', 'true', '404'],
      stickyWeight: 2.5,
      sentiment: 'NEGATIVE',
      score: -3,
      cover: {
        raw: 'https://images.unsplash.com/photo-1?ixid=a',
        full: undefined,
        regular: 'https://images.unsplash.com/photo-1?w=1080',
        small: undefined,
        thumb: undefined,
        small_s3: undefined,
        alt: 'Coins: many',
        credit: { name: 'A. N. Other', url: 'https://unsplash.com/@other' },
      },
      ai: {
        rewritten: true,
        expandedAt: '2026-03-02T09:01:00.000Z',
        version: 2,
        translatedFrom: 'uk',
      },
      canonicalUrl: 'https://elsewhere.example/a',
      aliases: ['old-slug'],
      corrections: [{ at: '2026-03-04T00:00:00.000Z', text: 'It was 5, not 6.' }],
      noindex: true,
      draft: true,
      draftReason: '"42 million" does not stand in the story',
      withdrawn: true,
      body: '---\n\n## Overview\n\nA line.\n\n---\nnot: yaml\n',
      wordCount: 5,
    })
    const text = formatArticle(article, { story: 'abc', seal: 'def' })
    const { plainText: _text, bodyLine: _line, writtenBody: _written, ...read } = readBack(text)
    expect(read).toEqual({
      article,
      nextDueAt: undefined,
      warnings: [],
      ingestMark: { story: 'abc', seal: 'def' },
    })
  })

  it('leaves out what says nothing', () => {
    const text = formatArticle(articleWith({ source: undefined, tags: [] }))
    expect(text).not.toMatch(/source|tags|cover|ingest|aliases|undefined|null/)
  })

  it('keeps the sample edition as it is', () => {
    const path = 'articles/en/2026/06/celsius-withdrawal-pause.md'
    const bytes = readFileSync(`content/${path}`)
    const { article } = parseArticle({ path, bytes })
    expect(readBack(formatArticle(article), path).article).toEqual(article)
  })
})
