import type { Metadata } from 'next'
import { AboutView } from '#components/about/about-view.tsx'
import { JsonLd } from '#components/head/json-ld.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { plainPageMetadata } from '#lib/seo/listing-metadata.ts'
import { aboutJsonLd } from '#lib/seo/page-json-ld.ts'
import { siteEnv } from '#lib/site/env.ts'
import { site } from '#lib/site/site.ts'
import { Paper } from '../paper.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/about'>

export const dynamic = 'force-static'

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  return plainPageMetadata({ locale, page: 'about', siteUrl: siteEnv().siteUrl })
}

export default async function AboutPage({ params }: Props) {
  const { locale } = await readParams(params)
  return (
    <Paper locale={locale} route={{ locale, page: 'about' }}>
      <JsonLd json={aboutJsonLd({ locale, siteUrl: siteEnv().siteUrl })} />
      <AboutView
        locale={locale}
        sources={servingIndex().listSources(locale)}
        contacts={listContacts()}
      />
    </Paper>
  )
}

/** Where readers can write to, each address once. */
function listContacts(): string[] {
  const { readers, corrections, security } = site().publisher.contacts
  const all = [readers, corrections, siteEnv().securityContact ?? security]
  return [...new Set(all.filter((contact) => contact !== undefined))]
}
