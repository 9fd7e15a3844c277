import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { articleMarkdown } from './article-markdown.ts'

const siteUrl = 'https://dateline.test'

/** The header as a YAML parser reads it, and what follows. */
function read(overrides: Partial<Article>) {
  const text = articleMarkdown(articleWith({ slug: 'a', ...overrides }), siteUrl)
  const [, header = '', rest] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
  return { header: parse(header), rest }
}

describe('articleMarkdown', () => {
  it('says in its header what the text is, where it stands and where it comes from', () => {
    const { header, rest } = read({
      locale: 'uk',
      updatedAt: '2026-03-04T00:00:00.000Z',
      authors: ['Ann Lee'],
      source: { name: 'Wire', key: 'wire', type: 'RSS', url: 'https://wire.test/1' },
      ai: { rewritten: true, expandedAt: undefined, version: 1, translatedFrom: 'en' },
      reviewedBy: 'Ann Lee',
      reviewedAt: '2026-03-04T01:00:00.000Z',
      corrections: [{ at: '2026-03-04T00:00:00.000Z', text: 'The vault\nis in Kyiv.' }],
    })
    expect(header).toEqual({
      title: 'Exchange opens a vault',
      description: 'A short account of what the exchange did and why.',
      url: 'https://dateline.test/uk/article/a',
      language: 'uk',
      publisher: 'Dateline',
      authors: ['Ann Lee'],
      published: '2026-03-02T09:00:00.000Z',
      updated: '2026-03-04T00:00:00.000Z',
      category: 'MARKETS',
      tags: ['EXCHANGE'],
      source: 'Wire',
      source_url: 'https://wire.test/1',
      machine_written:
        'written by a language model from the source; translated by a language model from en',
      reviewed_by: 'Ann Lee',
      reviewed: '2026-03-04T01:00:00.000Z',
      corrections: ['2026-03-04: The vault is in Kyiv.'],
    })
    expect(rest).toBe('\n# Exchange opens a vault\n\nThe exchange opened a vault today.\n')
  })

  it('leaves out what there is not', () => {
    const { header } = read({ source: undefined, tags: [], description: '' })
    expect(Object.keys(header)).toEqual([
      'title',
      'url',
      'language',
      'publisher',
      'published',
      'category',
    ])
  })

  it('names where the text really lives', () => {
    expect(read({ canonicalUrl: 'https://elsewhere.test/a' }).header.url).toBe(
      'https://elsewhere.test/a',
    )
  })

  it.each([
    ['---\ntitle: "x"', '--- title: "x"'],
    ['# [a](javascript:x) <b>`c`</b> ]]>', '# [a](javascript:x) <b>`c`</b> ]]>'],
    ['&amp;amp; \u0000\u0007 "q" ביטקוין 🚀 \ud800', '&amp;amp; "q" ביטקוין 🚀 \ufffd'],
    ['x'.repeat(300), 'x'.repeat(300)],
  ])('keeps the header whole with the title %j', (title, line) => {
    const { header, rest } = read({ title })
    expect(header.title.replace(/ +/g, ' ')).toBe(line)
    const [, heading = ''] = rest?.split('\n') ?? []
    expect(heading).not.toMatch(/(?<!\\)[<`[]/)
  })
})
