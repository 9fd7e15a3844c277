import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { PreviewBanner } from './preview-banner.tsx'

const draftReason = 'The story does not say <40 million>.'

it('shows why an article is kept as a draft, as text', () => {
  const article = articleWith({ draft: true, draftReason })
  const html = renderToStaticMarkup(<PreviewBanner article={article} reason="draft" />)
  expect(html).toContain('This is a draft. The story does not say &lt;40 million&gt;.')
})

it('says nothing of a draft above an article that is withheld for another reason', () => {
  const article = articleWith({ draft: true, withdrawn: true, draftReason })
  const html = renderToStaticMarkup(<PreviewBanner article={article} reason="withdrawn" />)
  expect(html).toContain('It was withdrawn.')
  expect(html).not.toContain('million')
})
