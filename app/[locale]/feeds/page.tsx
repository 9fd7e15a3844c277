import { FeedsView } from '#components/feeds/feeds-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { plainPage } from '../plain-page.tsx'

const { generateMetadata, Page } = plainPage('feeds', (locale) => (
  <FeedsView
    locale={locale}
    categories={servingIndex().listCategories(locale)}
    sources={servingIndex().listSources(locale)}
  />
))

export { generateMetadata, Page as default }
