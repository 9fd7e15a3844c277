import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Locale } from '#lib/site/locales.ts'
import type { ReviewPolicy } from '#lib/site/review-policy.ts'
import { AboutSections } from './editor-page-view.tsx'

const about = (locale: Locale, policy: ReviewPolicy | undefined) =>
  renderToStaticMarkup(<AboutSections locale={locale} sources={[]} contacts={[]} policy={policy} />)

it('says on the page about the paper which texts may be published unread, in each language', () => {
  expect(about('en', { sources: 'none' })).toContain('no text of a language model from our sources')
  expect(about('en', { sources: ['Wire', 'Agency'] })).toContain('these sources: Wire, Agency.')
  expect(about('uk', { sources: 'all' })).toContain('<h2>Хто читає написане моделлю</h2>')
  expect(about('uk', { sources: 'none' })).toContain('доки його не прочитає редактор')
  expect(about('en', undefined)).not.toContain('Who reads what a model writes')
})
