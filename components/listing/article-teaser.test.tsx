import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
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
  ['second', false],
  ['brief', false],
  ['river', false],
])('a %s sends its standfirst only where it is shown', (kind, isSent) => {
  expect(render(kind).includes('Standfirst.')).toBe(isSent)
})

it('has the kind in the headline of the river, among the facts elsewhere, and not below its own name', () => {
  const article = articleWith({ title: 'Why', kind: 'explainer' })
  const renderKind = (kind: TeaserKind, isKindShown: boolean) =>
    renderToStaticMarkup(<ArticleTeaser article={article} kind={kind} isKindShown={isKindShown} />)
  expect(renderKind('river', true)).toMatch(/<h3[^>]*><span[^>]*>Explainer <\/span><a/)
  expect(renderKind('card', true)).toMatch(/class="meta">.*<span>Explainer<\/span>/)
  expect(renderKind('river', false) + renderKind('card', false)).not.toContain('Explainer')
})

it('has the time first in the river and last elsewhere: what keeps its room leaves no gap', () => {
  expect(render('river')).toMatch(/<p class="meta"><time/)
  expect(render('brief')).toMatch(/<\/time><\/p>/)
})
