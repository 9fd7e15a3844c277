import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { ArticleSummary } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { ArticleTeaser, type TeaserKind } from './article-teaser.tsx'

const render = (kind: TeaserKind) =>
  renderToStaticMarkup(
    <ArticleTeaser article={articleWith({ description: 'Standfirst.' })} kind={kind} />,
  )

it.each<[TeaserKind, boolean]>([
  ['lead', true],
  ['card', true],
  ['row', true],
  ['feature', false],
  ['second', false],
  ['brief', false],
  ['river', false],
])('a %s sends its standfirst only where it is shown', (kind, isSent) => {
  expect(render(kind).includes('Standfirst.')).toBe(isSent)
})

const renderKind = (kind: TeaserKind, isKindShown: boolean, of: ArticleSummary['kind']) =>
  renderToStaticMarkup(
    <ArticleTeaser
      article={articleWith({ title: 'Why', kind: of })}
      kind={kind}
      isKindShown={isKindShown}
    />,
  )

it.each<['live' | 'opinion' | 'analysis', string]>([
  ['live', 'Live'],
  ['opinion', 'Opinion'],
  ['analysis', 'Analysis'],
])('says %s at the beginning of a headline, and once', (of, name) => {
  for (const kind of ['lead', 'feature', 'second', 'card', 'row', 'brief', 'river'] as const) {
    const html = renderKind(kind, true, of)
    expect(html).toMatch(new RegExp(`<h3[^>]*><span[^>]*>${name} </span><a`))
    expect(html.split(name)).toHaveLength(2)
  }
})

it('says an explainer in the headline of the river, among the facts elsewhere, and not below its own name', () => {
  expect(renderKind('river', true, 'explainer')).toMatch(/<h3[^>]*><span[^>]*>Explainer <\/span><a/)
  expect(renderKind('card', true, 'explainer')).toMatch(/class="meta">.*<span>Explainer<\/span>/)
  expect(
    renderKind('river', false, 'explainer') + renderKind('card', false, 'explainer'),
  ).not.toContain('Explainer')
})

it('has the time first in the river and last elsewhere: what keeps its room leaves no gap', () => {
  expect(render('river')).toMatch(/<p class="meta"><time/)
  expect(render('brief')).toMatch(/<\/time><\/p>/)
})
