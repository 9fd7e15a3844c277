import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { PlainPageName } from '#lib/site/plain-pages.ts'
import { PageShell } from './page-shell.tsx'
import { readParams } from './read-params.ts'

type Props = { params: Parameters<typeof readParams>[0] }

/** What the file of a plain page exports: its head, and the page around its content. */
export function plainPage(
  page: PlainPageName,
  toContent: (locale: Locale) => ReactNode | Promise<ReactNode>,
) {
  return {
    async generateMetadata({ params }: Props): Promise<Metadata> {
      const { locale } = await readParams(params)
      return plainPageMetadata({ locale, page, siteUrl: siteEnv().siteUrl })
    },
    async Page({ params }: Props) {
      const { locale } = await readParams(params)
      return (
        <PageShell locale={locale} route={{ locale, page }}>
          {await toContent(locale)}
        </PageShell>
      )
    },
  }
}
