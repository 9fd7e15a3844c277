import { BriefingView } from '#components/briefing/briefing-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { chooseBriefing } from '../choose-briefing.ts'
import { plainPage } from '../plain-page.tsx'

const { generateMetadata, Page } = plainPage('briefing', (locale) => (
  <BriefingView locale={locale} articles={chooseBriefing(servingIndex(), locale)} />
))

export { generateMetadata, Page as default }
