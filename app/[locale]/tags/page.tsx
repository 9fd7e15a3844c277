import type { Metadata } from 'next'
import { JsonLd } from '#components/head/json-ld.tsx'
import { TopicIndexView } from '#components/listing/indexes/topic-index-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { tagIndexJsonLd } from '#lib/seo/page-json-ld.ts'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { listingPath, plainPagePath } from '#lib/site/routes.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/tags'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'tags', siteUrl: siteEnv().siteUrl })
}

export default async function TagIndexPage({ params }: Props) {
  const { locale } = await readParams(params)
  const { tags, tagIndexIntro } = messagesFor(locale)
  const topics = servingIndex()
    .listTags(locale)
    .map(({ name, segment, articleCount }) => ({
      name: formatTopic(locale, name),
      path: listingPath(locale, { kind: 'tag', segment }),
      articleCount,
    }))
  return (
    <PageShell locale={locale} route={{ locale, page: 'tags' }}>
      <JsonLd json={tagIndexJsonLd({ locale, siteUrl: siteEnv().siteUrl })} />
      <TopicIndexView
        locale={locale}
        title={tags}
        intro={tagIndexIntro}
        path={plainPagePath(locale, 'tags')}
        topics={topics}
      />
    </PageShell>
  )
}
