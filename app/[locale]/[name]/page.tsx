import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditorPageView } from '#components/editor-page/editor-page-view.tsx'
import { JsonLd } from '#components/head/json-ld.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { editorPageJsonLd } from '#lib/seo/page-json-ld.ts'
import { editorPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { compilePageBody } from '../compile-page-body.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/[name]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, page } = await findByParams(params)
  const inLocales = locales.filter((other) => other === locale || findPage(other, page.name))
  return editorPageMetadata({ page, locales: inLocales, siteUrl: siteEnv().siteUrl })
}

export default async function Page({ params }: Props) {
  const { locale, page } = await findByParams(params)
  const { siteUrl } = siteEnv()
  const { html } = await compilePageBody({ body: page.body, locale })
  return (
    <PageShell locale={locale} route={{ locale, page: 'editor-page', name: page.name }}>
      <JsonLd json={editorPageJsonLd({ page, siteUrl })} />
      <EditorPageView page={page} html={html} />
    </PageShell>
  )
}

const findPage = (locale: Locale, name: string) => servingIndex().findPage(locale, name)

async function findByParams(params: Props['params']) {
  const { locale, param } = await readParams(params)
  const page = findPage(locale, param('name'))
  if (!page) notFound()
  return { locale, page }
}
