import type { Metadata } from 'next'
import { JsonLd } from '#components/head/json-ld.tsx'
import { TopicIndexView } from '#components/listing/indexes/topic-index-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { sourceIndexJsonLd } from '#lib/seo/page-json-ld.ts'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { listingPath, plainPagePath } from '#lib/site/routes.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/sources'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'sources', siteUrl: siteEnv().siteUrl })
}

export default async function SourceIndexPage({ params }: Props) {
  const { locale } = await readParams(params)
  const { sources, sourceIndexIntro } = messagesFor(locale)
  const topics = servingIndex()
    .listSources(locale)
    .map(({ source, articleCount }) => ({
      name: source.name,
      path: listingPath(locale, { kind: 'source', key: source.key }),
      articleCount,
    }))
  return (
    <PageShell locale={locale} route={{ locale, page: 'sources' }}>
      <JsonLd json={sourceIndexJsonLd({ locale, siteUrl: siteEnv().siteUrl })} />
      <TopicIndexView
        locale={locale}
        title={sources}
        intro={sourceIndexIntro}
        path={plainPagePath(locale, 'sources')}
        topics={topics}
      />
    </PageShell>
  )
}
