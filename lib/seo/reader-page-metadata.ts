import type { Metadata } from 'next'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { offlinePath, savedPath } from '#lib/site/routes.ts'
import { everyLanguage } from './language-versions.ts'
import { notIndexed } from './page-head.ts'

const paths = { saved: savedPath, offline: offlinePath }

/** The head of a page that is another one in every browser: nothing of it is for search engines. */
export function readerPageMetadata({
  locale,
  page,
  siteUrl,
}: {
  locale: Locale
  page: keyof typeof paths
  siteUrl: string
}): Metadata {
  const { tools } = messagesFor(locale)
  const toUrl = (language: Locale) => siteUrl + paths[page](language)
  return {
    title: tools[`${page}Title`],
    description: tools[`${page}Intro`],
    robots: notIndexed,
    alternates: { canonical: toUrl(locale), languages: everyLanguage(toUrl) },
  }
}
