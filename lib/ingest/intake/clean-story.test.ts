import { describe, expect, it } from 'vitest'
import type { RawStory } from '../story.ts'
import { cleanAuthors } from './clean-authors.ts'
import { cleanStory } from './clean-story.ts'
import { htmlToMarkdown } from './html-to-markdown.ts'
import { toFingerprint } from './story-identity.ts'
import { stripTrackers } from './story-url.ts'

const raw: RawStory = {
  source: { name: 'Wire', key: 'wire', type: 'RSS' },
  id: 'g-1',
  url: 'https://wire.example/a?utm_source=rss',
  title: 'A &amp;amp; B <b>merge</b>',
  html: '<p>They merge.</p>',
  authors: ['By JO DOE and Al Roe'],
  publishedAt: 'Fri, 20 Nov 2026 09:00:00 +0200',
  updatedAt: undefined,
  categories: ['Bitcoin', 'bitcoin ', 'Ринки'],
  sentiment: 'positive',
  score: undefined,
  language: 'en',
  isSponsored: false,
  isWithdrawn: false,
}
const around = { seenAt: '2026-11-20T12:00:00.000Z', section: 'MARKETS' }

describe('cleanStory', () => {
  it('makes plain fields of what the source sent', () => {
    expect(cleanStory(raw, around)).toEqual({
      lead: 'They merge.',
      story: {
        source: { name: 'Wire', key: 'wire', type: 'RSS' },
        id: 'g-1',
        url: 'https://wire.example/a',
        title: 'A & B merge',
        text: 'They merge.',
        authors: ['Jo Doe', 'Al Roe'],
        publishedAt: '2026-11-20T07:00:00.000Z',
        categories: ['BITCOIN', 'РИНКИ'],
        sentiment: 'POSITIVE',
        score: 0,
        language: 'en',
        section: 'MARKETS',
        isSponsored: false,
      },
    })
  })

  it.each([
    [{ id: undefined, url: undefined }, /neither an id nor an address/],
    [{ language: 'fr' }, /in fr/],
    [{ title: ' ', html: '<br>' }, /neither a title nor a text/],
  ])('refuses %j', (change, why) => {
    const cleaned = cleanStory({ ...raw, ...change }, around)
    expect('rejection' in cleaned && cleaned.rejection).toMatch(why)
  })

  it('keeps an id that is too long as its digest', () => {
    const cleaned = cleanStory({ ...raw, id: 'x'.repeat(5000) }, around)
    expect('story' in cleaned && cleaned.story?.id).toMatch(/^sha256-.{43}$/)
  })
})

describe('htmlToMarkdown', () => {
  it('keeps structure and links, and nothing that runs, tracks or shows pictures', () => {
    const html = `<h2>One</h2><p>a <b>b</b> <a href="/c?utm_medium=x&d=1" onclick="x()">c</a></p>
      <ul><li>d</li></ul><script>alert(1)</script><style>p{}</style><img src="/pixel.gif">
      <iframe src="https://evil.example"></iframe><a href="javascript:alert(1)">e</a>
      <table><tr><th>f</th></tr><tr><td>g</td></tr></table><!-- h -->`
    expect(htmlToMarkdown(html, 'https://wire.example/x')).toBe(
      '## One\n\na **b** [c](https://wire.example/c?d=1)\n\n- d\n\ne\n\n| f |\n| - |\n| g |',
    )
  })

  it('comes to an end with what is nested absurdly deep', () => {
    expect(htmlToMarkdown(`${'<div><b>'.repeat(20_000)}x`, undefined)).toBe('x')
  })
})

it('fingerprints what is said, not how it is marked up', () => {
  const other = '<div><p>They  merge.</p></div><script>1</script><img src="/ad">'
  expect(toFingerprint({ ...raw, html: other })).toBe(toFingerprint(raw))
  expect(toFingerprint({ ...raw, html: '<p>They merged.</p>' })).not.toBe(toFingerprint(raw))
})

it.each([
  ['https://a.example/?utm_source=x&fbclid=1&q=2#:~:text=x', 'https://a.example/?q=2'],
  ['https://a.example/#part', 'https://a.example/#part'],
  ['https://user:word@a.example/', undefined],
  ['javascript:alert(1)', undefined],
])('strips what tracks from %s', (address, clean) => {
  expect(stripTrackers(address)).toBe(clean)
})

it.each([
  [['jo@wire.example (Jo Doe)'], ['Jo Doe']],
  [['admin', 'Staff', 'jo@wire.example'], []],
  [['Від Леся Українка та Іван Франко'], ['Леся Українка', 'Іван Франко']],
  [['Jo Doe', 'Jo Doe'], ['Jo Doe']],
])('makes of the authors %j %j', (written, names) => {
  expect(cleanAuthors(written)).toEqual(names)
})
