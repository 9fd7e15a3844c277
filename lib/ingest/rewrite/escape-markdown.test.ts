import { describe, expect, it } from 'vitest'
import { messagesFor } from '#lib/i18n/messages.ts'
import { markdownToHtml } from '#lib/markdown/markdown-to-html.ts'
import type { HouseStyle } from '#lib/markdown/rehype-house-style.ts'
import type { Story } from '../story.ts'
import { parseBody, toBody } from './article-parts.ts'
import { escapeMarkdown, toLink, unescapeMarkdown } from './escape-markdown.ts'
import { toExcerpt } from './to-excerpt.ts'

const { tableLabel, taskDone, taskOpen, image, imageOf, ...messages } = messagesFor('en')
const style: HouseStyle = {
  siteUrl: 'https://dateline.example',
  words: { table: tableLabel, taskDone, taskOpen, image, imageOf },
  resolvePath: (path) => path,
}
/** What readers get, as the site itself renders a body. */
const render = (markdown: string) => markdownToHtml(markdown, style, messages)

/** Text that GFM or HTML would take for something else. */
const hostile = [
  'https://evil.example/ www.evil.example',
  'http://evil.example/a?b=c&d, HTTPS://EVIL.example',
  'WWW.evil.example (www.evil.example)',
  'me@evil.example, mailto:me@evil.example xmpp:me@evil.example/a',
  'ftp://evil.example <https://evil.example> <me@evil.example>',
  '[a](https://evil.example) ![b](https://evil.example/c.png) [d][e] [f]',
  '[e]: https://evil.example "title"',
  '[^1] and [^1]: a footnote',
  '# heading',
  '#',
  '###### ',
  '## ##',
  '- point',
  '-',
  '+',
  '+ point',
  '1. first',
  '1.',
  '12) twelfth',
  '- [ ] task',
  '---',
  '- - -',
  '***',
  '===',
  '> quoted',
  '    code',
  '\tcode',
  '```js',
  '~~~',
  '`code` *e* _f_ **g** ~h~ ~~i~~',
  '| a | b |\n|---|---|\n| c | d |',
  'a\n---',
  'a\n===\nb',
  'a\n\nb',
  'a\r\rb\u2028\u2029c',
  'hard break  \nand \\\nanother',
  '<script>alert(1)</script> <img src=x onerror=alert(1)> <!-- x --> <?php ?> <![CDATA[x]]>',
  '&lt;b&gt; &#60; &#x3c; &copy; &amp;amp; AT&T &nosuch;',
  '\\ \\* \\[ \\\\',
  ':::note',
  '> [!NOTE]\n> x',
  '$x$ {x} {{x}} $ {x} :smile: @someone #tag',
  'https:\\//evil.example www\\.evil.example',
]

const plain = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#x3C;', '<')
    .replaceAll('&#x26;', '&')
const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('text of others', () => {
  it.each(hostile)('is shown as it is written, in a paragraph of its own: %j', (text) => {
    const html = render(escapeMarkdown(text))
    expect(html.match(/<(?!\/?p>)[^>]*>/g)).toBeNull()
    expect(onOneLine(plain(html).replaceAll('\u2060', ''))).toBe(onOneLine(text))
  })

  it.each(hostile)('is shown as it is written in the places that it gets: %j', (text) => {
    const escaped = escapeMarkdown(text)
    for (const [before, tags] of [
      ['- ', ['ul', 'li']],
      ['> ', ['blockquote', 'p']],
      ['## A\n\n', ['h2', 'p']],
    ] as const) {
      const found = render(before + escaped).matchAll(/<([a-z][a-z0-9]*)/g)
      expect([...new Set(Array.from(found, ([, tag]) => tag))]).toEqual([...tags])
    }
  })

  it.each(hostile)('comes back as it was: %j', (text) => {
    expect(unescapeMarkdown(escapeMarkdown(text))).toBe(
      text
        .replace(/\s+/g, (space) => (/[\n\r\u2028\u2029]/.test(space) ? ' ' : space))
        .replace(/^[ \t]+/, ''),
    )
  })
})

const story: Story = {
  source: { name: 'Wire', key: 'wire', type: 'RSS' },
  id: 'g-1',
  url: 'https://wire.example/a',
  title: 'Title',
  text: '',
  authors: [],
  publishedAt: '2026-11-20T12:00:00.000Z',
  categories: [],
  sentiment: undefined,
  score: 0,
  language: 'en',
  section: 'MARKETS',
  isSponsored: false,
}

const listLinks = (markdown: string) =>
  Array.from(render(markdown).matchAll(/\b(?:href|src)="([^"]*)"/g), ([, url]) => url)

describe('a body', () => {
  const text = `${hostile.join(' ')} ${'word '.repeat(400)}`

  it('that is an excerpt has one link: to the story', () => {
    const { body } = toExcerpt(
      {
        ...story,
        text: escapeAsSource(text),
        source: { ...story.source, name: hostile.join(' ') },
      },
      { maxWords: 120, sections: ['A'], draftReason: undefined },
    )
    expect(listLinks(body)).toEqual(['https://wire.example/a'])
  })

  it('that a model wrote has no links, headings or lists but ours', () => {
    const parts = {
      title: 'T',
      description: 'D',
      overview: hostile.join('\n'),
      whatHappened: hostile.join('\n\n'),
      whyItMatters: hostile[0] ?? '',
      impact: hostile.slice(0, 6),
    }
    const body = toBody(parts, 'en')
    expect(listLinks(body)).toEqual([])
    const tags = Array.from(render(body).matchAll(/<([a-z0-9]+)/g), ([, tag]) => tag)
    expect([...new Set(tags)].sort()).toEqual(['h2', 'li', 'p', 'ul'])
    expect(tags.filter((tag) => tag === 'h2')).toHaveLength(4)
    expect(parseBody({ title: 'T', description: 'D', body }, 'en')?.whyItMatters).toBe(hostile[0])
    // As headings were written once.
    const older = body.replace('## Why it matters', '## Why It Matters')
    expect(older).not.toBe(body)
    expect(parseBody({ title: 'T', description: 'D', body: older }, 'en')).toBeDefined()
  })
})

describe('a link to a story', () => {
  it.each([
    'https://wire.example/a?b=\\',
    'https://wire.example/a?b=\\>',
    'https://wire.example/a#b>)[c](https://evil.example)',
    'https://wire.example/a?b=%3E&copy;=1&lt;=2',
    'https://wire.example/a(b)c',
  ])('leads where the story is: %s', (written) => {
    const url = URL.parse(written)?.href ?? ''
    const [link, ...others] = listLinks(toLink('The [Wire] www.evil.example', url))
    expect(others).toEqual([])
    const target = (link ?? '').replaceAll('&#x26;', '&')
    const decode = (address: string) => decodeURIComponent(address).replaceAll('&', '')
    expect(decode(target)).toBe(decode(url))
  })
})

/** As `htmlToMarkdown` gives the text of a source. */
function escapeAsSource(text: string): string {
  return text.replace(/[\\`*_[\]<>|~:.]/g, '\\$&')
}
