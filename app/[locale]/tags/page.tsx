import { JsonLd } from '#components/head/json-ld.tsx'
import { TopicIndexView } from '#components/listing/indexes/topic-index-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { tagIndexJsonLd } from '#lib/seo/page-json-ld.ts'
import { siteEnv } from '#lib/site/env.ts'
import { listingPath, plainPagePath } from '#lib/site/routes.ts'
import { plainPage } from '../plain-page.tsx'

const { generateMetadata, Page } = plainPage('tags', (locale) => {
  const { tags, tagIndexIntro } = messagesFor(locale)
  const topics = servingIndex()
    .listTags(locale)
    .map(({ name, segment, articleCount }) => ({
      name: formatTopic(locale, name),
      path: listingPath(locale, { kind: 'tag', segment }),
      articleCount,
    }))
  return (
    <>
      <JsonLd json={tagIndexJsonLd({ locale, siteUrl: siteEnv().siteUrl })} />
      <TopicIndexView
        locale={locale}
        title={tags}
        intro={tagIndexIntro}
        path={plainPagePath(locale, 'tags')}
        topics={topics}
      />
    </>
  )
})

export { generateMetadata, Page as default }
