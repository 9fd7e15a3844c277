import type { Metadata } from 'next'
import { BriefingView } from '#components/briefing/briefing-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { chooseBriefing } from '../choose-briefing.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/briefing'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'briefing', siteUrl: siteEnv().siteUrl })
}

export default async function BriefingPage({ params }: Props) {
  const { locale } = await readParams(params)
  return (
    <PageShell locale={locale} route={{ locale, page: 'briefing' }}>
      <BriefingView locale={locale} articles={chooseBriefing(servingIndex(), locale)} />
    </PageShell>
  )
}
