import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AboutSections, EditorPageView } from '#components/editor-page/editor-page-view.tsx'
import { JsonLd } from '#components/head/json-ld.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { editorPageMetadata } from '#lib/seo/listing-metadata.ts'
import { editorPageJsonLd } from '#lib/seo/page-json-ld.ts'
import { siteEnv } from '#lib/site/env.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { aboutPage } from '#lib/site/routes.ts'
import { localizePath } from '../localize-path.ts'
import { Paper } from '../paper.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/[name]'>

export const dynamic = 'force-static'

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, page } = await findByParams(params)
  const inLocales = locales.filter((other) => other === locale || findPage(other, page.name))
  return editorPageMetadata({ page, locales: inLocales, siteUrl: siteEnv().siteUrl })
}

export default async function Page({ params }: Props) {
  const { locale, page } = await findByParams(params)
  const { siteUrl, securityContact } = siteEnv()
  const index = servingIndex()
  return (
    <Paper locale={locale} route={{ locale, page: 'editor-page', name: page.name }}>
      <JsonLd json={editorPageJsonLd({ page, siteUrl })} />
      <EditorPageView
        page={page}
        siteUrl={siteUrl}
        resolvePath={(path) => localizePath(index, locale, path)}
        findPicture={index.findPicture}
      >
        {page.name === aboutPage && (
          <AboutSections
            locale={locale}
            sources={index.listSources(locale)}
            contact={securityContact}
          />
        )}
      </EditorPageView>
    </Paper>
  )
}

/** `about` is there also where nobody wrote it: sources and contact are known without a file. */
function findPage(locale: Locale, name: string) {
  const page = servingIndex().findPage(locale, name)
  if (page || name !== aboutPage) return page
  const { aboutTitle: title, aboutIntro: description } = messagesFor(locale)
  const words = { locale, name, title, description, body: '' }
  return { ...words, updatedAt: undefined, noindex: false, inFooter: true }
}

async function findByParams(params: Props['params']) {
  const { locale, param } = await readParams(params)
  const page = findPage(locale, param('name'))
  if (!page) notFound()
  return { locale, page }
}
