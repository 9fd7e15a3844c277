import { SettingsPanel } from '#components/layout/settings/settings-panel.tsx'
import { SaveIcon } from '#components/offline/save-button.tsx'
import type { Topic } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import { homePath, listingPath, plainPagePath, type Route, searchPath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import { LanguageLinks, type LanguagePath } from './language-links.tsx'

/** The masthead: the name of the publication, its sections, search and languages. */
export function SiteHeader({
  locale,
  route,
  sections,
  languagePaths,
}: {
  locale: Locale
  route: Route | undefined
  sections: Topic[]
  languagePaths: LanguagePath[]
}) {
  const messages = messagesFor(locale)
  const isHome = route?.page === 'home'
  const Name = isHome ? 'h1' : 'p'
  return (
    <header className={`masthead page-width${isHome ? ' masthead-home' : ''}`}>
      <div className="masthead-top">
        <LanguageLinks locale={locale} paths={languagePaths} />
        <Name className="masthead-name">
          <a href={homePath(locale)} aria-current={isHome ? 'page' : undefined}>
            {site().name}
          </a>
        </Name>
        <div className="masthead-tools">
          <SettingsPanel locale={locale} />
          <a
            href={plainPagePath(locale, 'saved')}
            className="masthead-tool"
            aria-label={messages.tools.savedTitle}
            title={messages.tools.savedTitle}
          >
            <SaveIcon />
          </a>
          <a href={searchPath(locale)} className="masthead-search">
            <SearchIcon />
            {messages.search}
          </a>
        </div>
      </div>
      {isHome && <p className="masthead-tagline">{messages.tagline}</p>}
      <nav aria-label={messages.sections} className="sections">
        <ul>
          <SectionLink
            path={listingPath(locale, { kind: 'latest' })}
            name={messages.latest}
            isCurrent={isCurrent(route, 'latest')}
          />
          {sections.map(({ name, segment }) => (
            <SectionLink
              key={segment}
              path={listingPath(locale, { kind: 'category', segment })}
              name={formatTopic(locale, name)}
              isCurrent={isCurrent(route, 'category', segment)}
            />
          ))}
        </ul>
      </nav>
    </header>
  )
}

function SectionLink({
  path,
  name,
  isCurrent,
}: {
  path: string
  name: string
  isCurrent: boolean
}) {
  return (
    <li>
      <a href={path} aria-current={isCurrent ? 'page' : undefined}>
        {name}
      </a>
    </li>
  )
}

function SearchIcon() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="m10.5 10.5 4 4" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  )
}

function isCurrent(route: Route | undefined, kind: string, segment?: string): boolean {
  if (route?.page !== 'listing' || route.scope.kind !== kind) return false
  return route.scope.kind !== 'category' || route.scope.segment === segment
}
