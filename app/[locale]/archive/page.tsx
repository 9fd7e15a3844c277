import { JsonLd } from '#components/head/json-ld.tsx'
import { ArchiveView } from '#components/listing/indexes/archive-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { archiveJsonLd } from '#lib/seo/page-json-ld.ts'
import { siteEnv } from '#lib/site/env.ts'
import { plainPage } from '../plain-page.tsx'

const { generateMetadata, Page } = plainPage('archive', (locale) => (
  <>
    <JsonLd json={archiveJsonLd({ locale, siteUrl: siteEnv().siteUrl })} />
    <ArchiveView locale={locale} months={servingIndex().listMonths(locale)} />
  </>
))

export { generateMetadata, Page as default }
