import type { Metadata } from 'next'
import { FeedsView } from '#components/feeds/feeds-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/feeds'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'feeds', siteUrl: siteEnv().siteUrl })
}

export default async function FeedsPage({ params }: Props) {
  const { locale } = await readParams(params)
  const index = servingIndex()
  return (
    <PageShell locale={locale} route={{ locale, page: 'feeds' }}>
      <FeedsView
        locale={locale}
        categories={index.listCategories(locale)}
        sources={index.listSources(locale)}
      />
    </PageShell>
  )
}
