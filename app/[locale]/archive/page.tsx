import type { Metadata } from 'next'
import { JsonLd } from '#components/head/json-ld.tsx'
import { ArchiveView } from '#components/listing/indexes/archive-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { archiveJsonLd } from '#lib/seo/page-json-ld.ts'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/archive'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'archive', siteUrl: siteEnv().siteUrl })
}

export default async function ArchivePage({ params }: Props) {
  const { locale } = await readParams(params)
  return (
    <PageShell locale={locale} route={{ locale, page: 'archive' }}>
      <JsonLd json={archiveJsonLd({ locale, siteUrl: siteEnv().siteUrl })} />
      <ArchiveView locale={locale} months={servingIndex().listMonths(locale)} />
    </PageShell>
  )
}
