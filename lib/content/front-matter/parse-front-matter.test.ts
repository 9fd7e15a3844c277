import { describe, expect, it } from 'vitest'
import { articleForm, frontMatterSchema, titleLength } from './front-matter.ts'
import { parseFrontMatter } from './parse-front-matter.ts'

const required = { title: 'Vault', publishedAt: '2026-03-01T09:00:00Z', category: 'MARKETS' }

function parse(more: Record<string, unknown>) {
  const { frontMatter, findings } = parseFrontMatter({ ...required, ...more }, articleForm)
  const found = findings.map((finding) => {
    return `${finding.severity} ${'path' in finding ? finding.path.join('.') : finding.line}`
  })
  return { frontMatter, found }
}

describe('parseFrontMatter', () => {
  it('describes every field', () => {
    const missing = Object.entries(frontMatterSchema.shape).filter(
      ([, field]) => !field.description,
    )
    expect(missing.map(([name]) => name)).toEqual([])
  })

  it('advises shorter titles up to a length, above which there is no article', () => {
    const { advised, most } = titleLength
    const foundAt = (length: number) => parse({ title: 'x'.repeat(length) }).found
    expect([advised, advised + 1, most, most + 1].map(foundAt)).toEqual([
      [],
      ['warning title'],
      ['warning title'],
      ['error title'],
    ])
    expect(frontMatterSchema.shape.title.description).toContain(`${advised} characters`)
  })

  it('takes null for absent', () => {
    const nothing = { description: null, tags: null, source: null, coverImage: null, ai: null }
    const { frontMatter, found } = parse({ ...nothing, draft: null, score: null, lang: null })
    expect(found).toEqual([])
    expect(frontMatter).toMatchObject({ tags: undefined, coverImage: undefined, draft: undefined })
  })

  it.each([
    [{ tags: 'BTC' }, { tags: ['BTC'] }, ['warning tags']],
    [{ tags: 'BTC, ETH' }, { tags: ['BTC', 'ETH'] }, ['warning tags']],
    [{ authors: 'Ann Lee' }, { authors: ['Ann Lee'] }, ['warning authors']],
    [{ sentiment: 'positive' }, { sentiment: 'POSITIVE' }, []],
    [{ score: '3.5', stickyWeight: '7' }, { score: 3.5, stickyWeight: 7 }, []],
    [{ draft: 'True', noindex: true }, { draft: true, noindex: true }, []],
    [{ lang: 'UK' }, { lang: 'uk' }, []],
    [{ ai: { rewritten: 'false' } }, { ai: undefined }, []],
  ])('understands %j', (written, understood, warnings) => {
    const { frontMatter, found } = parse(written)
    expect(frontMatter).toMatchObject(understood)
    expect(found).toEqual(warnings)
  })

  it.each([
    ['title', { title: '  ' }],
    ['title', { title: true }],
    ['title', { title: 'x'.repeat(1001) }],
    ['publishedAt', { publishedAt: '2026-02-30' }],
    ['updatedAt', { updatedAt: 'yesterday' }],
    ['lang', { lang: 'de' }],
    ['category', { category: '—' }],
    ['draft', { draft: 'yes-please' }],
    ['withdrawn', { withdrawn: '3' }],
    ['noindex', { noindex: 'maybe' }],
    ['ai.rewritten', { ai: { rewritten: 'perhaps' } }],
    ['ai', { ai: 'yes' }],
    ['externalId', { externalId: ['1'] }],
    ['source', { source: 'Wire' }],
    ['source.key', { source: { name: 'Wire', key: 'a b' } }],
    ['source.key', { source: { name: 'Дзеркало' } }],
    ['canonicalUrl', { canonicalUrl: 'http://x.example' }],
    ['canonicalUrl', { canonicalUrl: 'https://me:secret@x.example' }],
  ])('never guesses about %s', (field, written) => {
    expect(parse(written)).toEqual({ frontMatter: undefined, found: [`error ${field}`] })
  })

  it('leaves out decoration that cannot be used, and only that', () => {
    const { frontMatter, found } = parse({
      coverImage: {
        raw: 'javascript:alert(1)',
        full: 'http://x.example/a.png',
        regular: '/covers/a.png',
        small: '//x.example/a.png',
        thumb: '/\t/x.example/a.png',
        credit: { url: 'https://x.example' },
      },
      corrections: [
        { at: '2026-03-02T00:00:00Z', text: 'A name.' },
        { at: 'never', text: 'x' },
      ],
      source: { name: 'Wire', url: 'javascript:alert(1)' },
      score: 'high',
      sentiment: 'HAPPY',
      tags: ['ETF', '!', ''],
    })
    expect(frontMatter).toMatchObject({
      coverImage: { regular: '/covers/a.png', raw: undefined, small: undefined, credit: undefined },
      corrections: [{ at: '2026-03-02T00:00:00.000Z', text: 'A name.' }],
      source: { name: 'Wire', key: 'wire', url: undefined },
      score: undefined,
      sentiment: undefined,
      tags: ['ETF'],
    })
    expect(found.toSorted()).toEqual([
      'warning corrections.1.at',
      'warning coverImage.credit.name',
      'warning coverImage.full',
      'warning coverImage.raw',
      'warning coverImage.small',
      'warning coverImage.thumb',
      'warning score',
      'warning sentiment',
      'warning source.url',
      'warning tags.1',
      'warning tags.2',
    ])
  })

  it('has no chart without one of its values: the others would say something else', () => {
    const [good, bad] = [
      { label: '2025', value: '-1.5' },
      { label: '2026', value: 'many' },
    ]
    expect(parse({ chart: { title: 'Flow', values: [good, good], source: ' ' } })).toMatchObject({
      frontMatter: { chart: { title: 'Flow', values: [{ label: '2025', value: -1.5 }, {}] } },
    })
    for (const values of [[good, bad], [good], [good, {}], 'x']) {
      const { frontMatter, found } = parse({ chart: { title: 'Flow', values }, score: '4' })
      expect(frontMatter).toMatchObject({ chart: undefined, score: 4 })
      expect(found.filter((one) => one.startsWith('warning chart'))).not.toEqual([])
    }
  })

  it('has no cover when no picture is left', () => {
    expect(
      parse({ coverImage: { raw: 'x', alt: 'A vault' } }).frontMatter?.coverImage,
    ).toBeUndefined()
  })

  it('makes a source key from the name', () => {
    const { frontMatter } = parse({ source: { name: 'Café News (Crypto)' } })
    expect(frontMatter?.source).toMatchObject({
      name: 'Café News (Crypto)',
      key: 'cafe_news_crypto',
    })
  })

  it('ignores unknown fields with a warning and a guess', () => {
    const { findings } = parseFrontMatter(
      {
        ...required,
        titel: 'x',
        ai: { versoin: '1' },
        aiInfo: { rewritten: 'true' },
        coverImage_credit: 'x',
        zzz: '1',
      },
      articleForm,
    )
    expect(findings.map(({ severity, expected }) => `${severity}: ${expected}`)).toEqual([
      'warning: a known field: did you mean version?',
      'warning: a known field: did you mean title?',
      'warning: a known field: did you mean ai?',
      'warning: a known field: did you mean coverImage?',
      'warning: a known field',
    ])
  })

  it.each([
    { DRAFT: true },
    { '\u00a0draft': true },
    { drаft: true },
    { drafts: 'Yes' },
    { 'draft ': '1' },
    { Withdrawn: 'true' },
    { withdrawed: true },
    { '<<': { draft: true } },
    { '<<': [{ title: 'x' }] },
  ])('does not pass over %j, which may hide the text', (fields) => {
    const { frontMatter, findings } = parseFrontMatter({ ...required, ...fields }, articleForm)
    expect([frontMatter, findings.map(({ severity }) => severity)]).toEqual([undefined, ['error']])
  })

  it.each([{ Draft: false }, { WITHDRAWN: 'no' }, { drаft: '' }, { drafter: 'Anna' }])(
    'passes over %j',
    (fields) => {
      const { frontMatter } = parseFrontMatter({ ...required, ...fields }, articleForm)
      expect(frontMatter?.title).toBe(required.title)
    },
  )

  it('takes UTC for an instant without a zone and says so', () => {
    const { frontMatter, found } = parse({ publishedAt: '2026-03-01 09:00' })
    expect(frontMatter?.publishedAt).toBe('2026-03-01T09:00:00.000Z')
    expect(found).toEqual(['warning publishedAt'])
  })

  it('says the same of the two thousandth file as of the first', () => {
    const wrong = {
      tags: ['a', { b: '1' }],
      sentiment: 'glad',
      ai: { version: 'x' },
      colour: 'red',
    }
    const first = [parse({}), parse(wrong), parse({ publishedAt: 'soon' })]
    for (let read = 0; read < 2000; read += 1) parse({})
    expect([parse({}), parse(wrong), parse({ publishedAt: 'soon' })]).toEqual(first)
  })

  it('warns of a title that is too long for a list', () => {
    expect(parse({ title: 'x'.repeat(301) }).found).toEqual(['warning title'])
  })
})
