import type { Metadata } from 'next'
import { AboutSections, EditorPageView } from '#components/editor-page/editor-page-view.tsx'
import { JsonLd } from '#components/head/json-ld.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { editorPageJsonLd } from '#lib/seo/page-json-ld.ts'
import { siteEnv } from '#lib/site/env.ts'
import type { Locale } from '#lib/site/locales.ts'
import { reviewPolicy } from '#lib/site/review-policy.ts'
import { site } from '#lib/site/site.ts'
import { compilePageBody } from '../compile-page-body.ts'
import { plainPage } from '../plain-page.tsx'
import { readParams } from '../read-params.ts'

/** What an editor wrote about the publication, then its sources and contacts, which are data. */
const { generateMetadata: toHead, Page } = plainPage('about', async (locale) => {
  const page = findAbout(locale)
  const { html } = await compilePageBody(page)
  return (
    <>
      <JsonLd json={editorPageJsonLd({ page, siteUrl: siteEnv().siteUrl })} />
      <EditorPageView page={page} html={html}>
        <AboutSections
          locale={locale}
          sources={servingIndex().listSources(locale)}
          contacts={listContacts()}
          policy={reviewPolicy()}
        />
      </EditorPageView>
    </>
  )
})

export async function generateMetadata(props: PageProps<'/[locale]/about'>): Promise<Metadata> {
  const { locale } = await readParams(props.params)
  const { title, description } = findAbout(locale)
  return { ...(await toHead(props)), title, description }
}

export { Page as default }

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
