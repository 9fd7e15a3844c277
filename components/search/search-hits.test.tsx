import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { SearchHits } from './search-hits.tsx'

it('sets the type of what was found, also where a match parts a quotation', () => {
  const hit = {
    article: articleWith({ locale: 'uk' }),
    title: [
      { text: 'Фонд "', isMatch: false },
      { text: 'Біткоїн', isMatch: true },
      { text: '" п\'ятий', isMatch: false },
    ],
    excerpt: [{ text: "The bank's vault", isMatch: false }],
  }
  const html = renderToStaticMarkup(<SearchHits locale="uk" hits={[hit]} />)
  expect(html).toContain('Фонд «<mark>Біткоїн</mark>» п’ятий')
  expect(html).toContain('The bank’s vault')
})
