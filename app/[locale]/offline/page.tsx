import type { Metadata } from 'next'
import { OfflineView } from '#components/offline/offline-view.tsx'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/offline'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'offline', siteUrl: siteEnv().siteUrl })
}

export default async function OfflinePage({ params }: Props) {
  const { locale } = await readParams(params)
  return (
    <PageShell locale={locale} route={{ locale, page: 'offline' }}>
      <OfflineView locale={locale} />
    </PageShell>
  )
}
