import type { ReactNode } from 'react'
import type { Topic } from '#lib/article-index/article-index.ts'
import type { EditorPageSummary } from '#lib/content/article.ts'
import { agePhrases } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { Route } from '#lib/site/routes.ts'
import type { LanguagePath } from './language-links.tsx'
import { SiteFooter } from './site-footer.tsx'
import { SiteHeader } from './site-header.tsx'

/**
 * Pages that are long: each marks (`_first-part`) how much of it is painted in one piece. A text is from
 * its beginning on, and the front page from below its top.
 */
const longPages = ['home', 'article', 'about', 'editor-page']

/** What stands around every page. Ids of ours begin with `_`, which no heading's id does. */
export function PageFrame({
  locale,
  route,
  sections,
  allSections,
  pages,
  languagePaths,
  hasSources,
  children,
}: {
  locale: Locale
  route: Route | undefined
  sections: Topic[]
  allSections: Topic[]
  /** Pages of editors that the footer names. */
  pages: EditorPageSummary[]
  languagePaths: LanguagePath[]
  /** Whether articles come from sources: then the footer says what a model does with them. */
  hasSources: boolean
  children: ReactNode
}) {
  const { skipToContent, tools } = messagesFor(locale)
  const firstPainted = longPages.includes(route?.page ?? '') ? '#_first-part' : '#_words'
  return (
    <>
      {/* A row that is painted while half of it has come moves when the rest does. Nothing is painted
      before the first part of a page is there, or all of it. */}
      <link rel="expect" href={firstPainted} blocking="render" />
      <a href="#_content" className="skip-link">
        {skipToContent}
      </a>
      <SiteHeader locale={locale} route={route} sections={sections} languagePaths={languagePaths} />
      <main id="_content" tabIndex={-1} className="page-width">
        {children}
      </main>
      <SiteFooter locale={locale} sections={allSections} pages={pages} hasSources={hasSources} />
      {/* What the page's module says. */}
      <div
        id="_words"
        hidden
        data-save={tools.save}
        data-read={tools.alreadyRead}
        data-ages={JSON.stringify(agePhrases(locale))}
      />
    </>
  )
}
