import { describe, expect, it } from 'vitest'
import { frontMatterSchema } from '#lib/content/front-matter/front-matter.ts'
import { listArticleFields, listFieldEdits, readArticleTexts } from './article-fields.ts'

const file = `---
# A comment
title: 'Vault: opened'
publishedAt: 2026-11-20T09:00:00.000Z
category: MARKETS
tags: [BTC, EL SALVADOR]
noindex: TRUE
coverImage: media/vault.jpg
source:
  name: Sample Wire
  key: sample_wire
---

Text.
`

const texts = () => readArticleTexts(file) ?? expect.unreachable()

describe('the fields of forms', () => {
  it('are those of the schema, each with its sentence', () => {
    const fields = listArticleFields()
    const tops = new Set(fields.map(({ name }) => name.split('.')[0]))
    const without = Object.keys(frontMatterSchema.shape).filter((name) => !tops.has(name))
    expect(without.toSorted()).toEqual([
      ...['ai', 'alsoReportedBy', 'chart', 'corrections', 'draft', 'draftReason'],
      ...['ingest', 'prices', 'review', 'withdrawn'],
    ])
    expect(fields.filter(({ description }) => description === '')).toEqual([])
    const kinds = Object.fromEntries(fields.map(({ name, kind }) => [name, kind]))
    expect(kinds).toMatchObject({
      title: 'line',
      publishedAt: 'instant',
      tags: 'list',
      sentiment: 'choice',
      noindex: 'flag',
      'coverImage.credit.name': 'line',
      'source.key': 'line',
    })
    expect(fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual([
      'title',
      'publishedAt',
      'category',
    ])
  })

  it('show what the file says', () => {
    expect(texts()).toMatchObject({
      fields: {
        title: 'Vault: opened',
        publishedAt: '2026-11-20T09:00:00.000Z',
        tags: 'BTC\nEL SALVADOR',
        noindex: 'true',
        'coverImage.raw': 'media/vault.jpg',
        'coverImage.alt': '',
        'source.name': 'Sample Wire',
        description: '',
      },
      body: '\nText.\n',
      bodyLine: 13,
    })
    expect(readArticleTexts('No front matter')).toBeUndefined()
    expect(readArticleTexts('---\ntitle: [\n---\n')).toBeUndefined()
  })

  it('that nobody touched change nothing, also as a browser sends them', () => {
    const { fields } = texts()
    const sent = Object.fromEntries(
      Object.entries(fields).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]),
    )
    expect(listFieldEdits(fields, sent)).toEqual([])
    expect(listFieldEdits(fields, {})).toEqual([])
  })

  it('become one change each', () => {
    const { fields } = texts()
    const edits = (after: Record<string, string>) => listFieldEdits(fields, after)
    expect(edits({ title: ' A new one \n' })).toEqual([{ field: 'title', set: 'A new one' }])
    expect(edits({ tags: 'BTC\r\n\r\n ETH ' })).toEqual([{ field: 'tags', set: ['BTC', 'ETH'] }])
    expect(edits({ noindex: '', tags: '' })).toEqual([
      { field: 'tags', remove: true },
      { field: 'noindex', remove: true },
    ])
    expect(edits({ 'source.url': 'https://wire.example/a' })).toEqual([
      { field: 'source.url', set: 'https://wire.example/a' },
    ])
  })
})
