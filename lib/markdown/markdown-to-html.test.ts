import { describe, expect, it } from 'vitest'
import { markdownToHtml } from './markdown-to-html.ts'
import type { Heading, HouseStyle } from './rehype-house-style.ts'

function toHtml(markdown: string, headings: Heading[] = []): string {
  const style: HouseStyle = {
    siteUrl: 'https://dateline.example',
    words: {
      table: 'Table',
      taskDone: 'Done:',
      taskOpen: 'Open:',
      image: 'Image',
      imageOf: (alt) => `Image: ${alt}`,
    },
    resolvePath: (path) => `/uk${path}`,
    onHeading: (heading) => headings.push(heading),
  }
  return markdownToHtml(markdown, style, { footnotes: 'Footnotes', backToText: 'Back to the text' })
}

describe('Markdown bodies', () => {
  it('keeps harmless HTML and runs nothing', () => {
    const html = toHtml(
      'Hi <script>alert(1)</script> <b onclick="x()">bold</b>\n\n<iframe src="//x"></iframe>',
    )
    expect(html).not.toMatch(/<script|iframe|onclick/)
    expect(html).toContain('<b>bold</b>')
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '<javascript:alert(1)>',
  ])('makes no link of %s', (markdown) => {
    expect(toHtml(markdown)).not.toContain('href')
  })

  it('leaves braces, expressions and comments as text', () => {
    expect(toHtml('{process.exit(1)} and {{ x }}')).toContain('{process.exit(1)} and {{ x }}')
  })

  it('gives outside links no reputation and leaves our own alone', () => {
    expect(toHtml('[a](https://evil.example/)')).toContain('rel="nofollow noopener"')
    expect(toHtml('[a](//evil.example/)')).toContain('rel="nofollow noopener"')
    expect(toHtml('[a](https://dateline.example/x)')).not.toContain('rel=')
    expect(toHtml('[a](/article/x)')).toContain('<a href="/uk/article/x">')
  })

  it('keeps the title the only first-level heading and gives headings ids once each', () => {
    const headings: Heading[] = []
    const html = toHtml('# One\n\n## Two\n\n## Two\n\n### Що сталося?\n\n#### Deep', headings)
    expect(html).not.toContain('<h1')
    expect(headings).toEqual([
      { id: 'one', text: 'One', depth: 2 },
      { id: 'two', text: 'Two', depth: 2 },
      { id: 'two-2', text: 'Two', depth: 2 },
      { id: 'що-сталося', text: 'Що сталося?', depth: 3 },
    ])
  })

  it.each([
    ['### A\n\n#### B\n\n### C\n\n## D', [2, 3, 2, 2]],
    ['###### A\n\n## B\n\n##### C\n\n### D', [2, 2, 3, 3]],
    ['#### A\n\n> ## B\n\n##### C', [2, 2, 3]],
    ['<h4>A</h4>\n\n### B', [2, 2]],
  ])('begins the outline at the second level and skips none: %j', (markdown, depths) => {
    const html = toHtml(markdown)
    expect(Array.from(html.matchAll(/<h(\d) id/g), ([, depth]) => Number(depth))).toEqual(depths)
  })

  it('turns a picture from another host into a link', () => {
    const html = toHtml('![a chart](https://tracker.example/p.gif)')
    expect(html).not.toContain('<img')
    expect(html).toContain(
      '<a href="https://tracker.example/p.gif" rel="nofollow noopener">Image: a chart</a>',
    )
  })

  it('renders tables, tasks and footnotes of GFM', () => {
    const html = toHtml(
      '| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\nText[^1].\n\n[^1]: Note.',
    )
    expect(html).toContain(
      '<div class="table-scroll" role="region" aria-label="Table" tabindex="0"><table>',
    )
    expect(html).toContain('<span class="task" role="img" aria-label="Done:">☑</span>')
    expect(html).not.toContain('<input')
    expect(html).toMatch(/href="#user-content-fn-1" id="user-content-fnref-1"/)
    expect(html).toContain('id="user-content-fn-1"')
  })
})
