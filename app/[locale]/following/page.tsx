import type { Metadata } from 'next'
import { FollowingView } from '#components/offline/following-view.tsx'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/following'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'following', siteUrl: siteEnv().siteUrl })
}

export default async function FollowingPage({ params }: Props) {
  const { locale } = await readParams(params)
  return (
    <PageShell locale={locale} route={{ locale, page: 'following' }}>
      <FollowingView locale={locale} />
    </PageShell>
  )
}
