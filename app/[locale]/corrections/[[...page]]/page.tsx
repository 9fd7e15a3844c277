import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CorrectionsView } from '#components/trust/corrections-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { correctionsMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { articlesPerPage } from '#lib/site/routes.ts'
import { PageShell } from '../../page-shell.tsx'
import { readParams } from '../../read-params.ts'

type Props = PageProps<'/[locale]/corrections/[[...page]]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, pageNumber } = await readParams(params)
  return correctionsMetadata({ locale, page: pageNumber, siteUrl: siteEnv().siteUrl })
}

export default async function CorrectionsPage({ params }: Props) {
  const { locale, pageNumber } = await readParams(params)
  const listing = servingIndex().listCorrections({
    locale,
    page: pageNumber,
    pageSize: articlesPerPage,
  })
  if (pageNumber > Math.max(1, listing.pageCount)) notFound()
  return (
    <PageShell locale={locale} route={{ locale, page: 'corrections', number: pageNumber }}>
      <CorrectionsView locale={locale} listing={listing} />
    </PageShell>
  )
}
