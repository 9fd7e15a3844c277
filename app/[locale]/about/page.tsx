import type { Metadata } from 'next'
import { AboutSections, EditorPageView } from '#components/editor-page/editor-page-view.tsx'
import { JsonLd } from '#components/head/json-ld.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { editorPageJsonLd } from '#lib/seo/page-json-ld.ts'
import { plainPageMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import type { Locale } from '#lib/site/locales.ts'
import { reviewPolicy } from '#lib/site/review-policy.ts'
import { site } from '#lib/site/site.ts'
import { compilePageBody } from '../compile-page-body.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/about'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  const head = plainPageMetadata({ locale, page: 'about', siteUrl: siteEnv().siteUrl })
  const { title, description } = findAbout(locale)
  return { ...head, title, description }
}

/** What an editor wrote about the paper, then its sources and contacts, which are data. */
export default async function AboutPage({ params }: Props) {
  const { locale } = await readParams(params)
  const { siteUrl } = siteEnv()
  const index = servingIndex()
  const page = findAbout(locale)
  const { html } = await compilePageBody(page)
  return (
    <PageShell locale={locale} route={{ locale, page: 'about' }}>
      <JsonLd json={editorPageJsonLd({ page, siteUrl })} />
      <EditorPageView page={page} html={html}>
        <AboutSections
          locale={locale}
          sources={index.listSources(locale)}
          contacts={listContacts()}
          policy={reviewPolicy()}
        />
      </EditorPageView>
    </PageShell>
  )
}

/** The page is there also where nobody wrote `pages/<lang>/about.md`. */
function findAbout(locale: Locale) {
  const page = servingIndex().findPage(locale, 'about')
  if (page) return page
  const { aboutTitle: title, aboutIntro: description } = messagesFor(locale)
  const words = { locale, name: 'about', title, description, body: '' }
  return { ...words, updatedAt: undefined, noindex: false, inFooter: true }
}

/** Where readers can write to, each address once. */
function listContacts(): string[] {
  const { readers, corrections, security } = site().publisher.contacts
  const all = [readers, corrections, siteEnv().securityContact ?? security]
  return [...new Set(all.filter((contact) => contact !== undefined))]
}
