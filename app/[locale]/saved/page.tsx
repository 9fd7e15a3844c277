import type { Metadata } from 'next'
import { SavedView } from '#components/offline/saved-view.tsx'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/saved'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'saved', siteUrl: siteEnv().siteUrl })
}

export default async function SavedPage({ params }: Props) {
  const { locale } = await readParams(params)
  return (
    <PageShell locale={locale} route={{ locale, page: 'saved' }}>
      <SavedView locale={locale} />
    </PageShell>
  )
}
