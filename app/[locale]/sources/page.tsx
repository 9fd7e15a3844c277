import { JsonLd } from '#components/head/json-ld.tsx'
import { TopicIndexView } from '#components/listing/indexes/topic-index-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { sourceIndexJsonLd } from '#lib/seo/page-json-ld.ts'
import { siteEnv } from '#lib/site/env.ts'
import { listingPath, plainPagePath } from '#lib/site/routes.ts'
import { plainPage } from '../plain-page.tsx'

const { generateMetadata, Page } = plainPage('sources', (locale) => {
  const { sources, sourceIndexIntro } = messagesFor(locale)
  const topics = servingIndex()
    .listSources(locale)
    .map(({ source, articleCount }) => ({
      name: source.name,
      path: listingPath(locale, { kind: 'source', key: source.key }),
      articleCount,
    }))
  return (
    <>
      <JsonLd json={sourceIndexJsonLd({ locale, siteUrl: siteEnv().siteUrl })} />
      <TopicIndexView
        locale={locale}
        title={sources}
        intro={sourceIndexIntro}
        path={plainPagePath(locale, 'sources')}
        topics={topics}
      />
    </>
  )
})

export { generateMetadata, Page as default }
