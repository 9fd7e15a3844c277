import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { ArticleSummary } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { listFigures, StoryReports } from './story-reports.tsx'

const render = (...articles: Partial<ArticleSummary>[]) =>
  renderToStaticMarkup(
    <StoryReports locale="en" articles={articles.map((article) => articleWith(article))} />,
  )

describe('StoryReports', () => {
  it('has the first report first, with everybody who reported it', () => {
    const wire = { name: 'Second (sample)', key: 'second', type: undefined, url: undefined }
    const html = render(
      { slug: 'b', title: 'Later', publishedAt: '2026-03-02T10:00:00.000Z' },
      { slug: 'a', title: 'First', alsoReportedBy: [wire] },
    )
    expect(html.indexOf('First')).toBeLessThan(html.indexOf('Later'))
    expect(html).toContain('Sample Wire, Second (sample)')
  })

  it('has a column for sources only where a report names one', () => {
    const own = { source: undefined }
    expect(render({ slug: 'a', ...own }, { slug: 'b', ...own })).not.toContain('Reported by')
    expect(render({ slug: 'a', ...own }, { slug: 'b' })).toMatch(/Reported by.*Sample Wire/)
  })

  it('has columns for tone and figures only where reports differ in them', () => {
    const loss = { description: 'It lost $9.4 million.', sentiment: 'NEGATIVE' } as const
    expect(render({ slug: 'a', ...loss }, { slug: 'b', ...loss })).not.toMatch(/Tone|Figures/)
    const html = render({ slug: 'a', ...loss }, { slug: 'b', description: 'It lost $8.7 million.' })
    expect(html).toMatch(/Tone.*Figures.*\$9\.4\u00a0million.*\$8\.7\u00a0million/)
  })
})

it.each([
  ['a loss of $9.4 million, of which $3.1 million is frozen', ['$9.4 million', '$3.1 million']],
  ['It fell by 12.5 percent, then 3%.', ['12.5 percent', '3%']],
  ['moves 41,000 bitcoin after 19 minutes', ['41,000 bitcoin']],
  ['викрали 9,4 млн доларів і 2 610 ETH', ['9,4 млн доларів', '2 610 ETH']],
  ['€1,200. And €1,200 again', ['€1,200']],
  ['nothing on 30 November 2026', []],
])('finds the figures of %j', (text, expected) => {
  expect(listFigures(text)).toEqual(expected.map((figure) => figure.replaceAll(' ', '\u00a0')))
})
