import type { Metadata } from 'next'
import { JsonLd } from '#components/head/json-ld.tsx'
import { FrontPage } from '#components/listing/front-page.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { homeJsonLd } from '#lib/seo/page-json-ld.ts'
import { homeMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { composeFrontPage } from './compose-front-page.ts'
import { findMood } from './find-mood.ts'
import { PageShell } from './page-shell.tsx'
import { readParams } from './read-params.ts'

export async function generateMetadata({ params }: PageProps<'/[locale]'>): Promise<Metadata> {
  const { locale } = await readParams(params)
  return homeMetadata({ locale, siteUrl: siteEnv().siteUrl })
}

export default async function HomePage({ params }: PageProps<'/[locale]'>) {
  const { locale } = await readParams(params)
  return (
    <PageShell locale={locale} route={{ locale, page: 'home' }}>
      <JsonLd json={homeJsonLd({ locale, siteUrl: siteEnv().siteUrl })} />
      <FrontPage
        locale={locale}
        {...composeFrontPage(servingIndex(), locale)}
        mood={findMood(servingIndex(), locale, { kind: 'latest' })}
      />
    </PageShell>
  )
}
