import type { Topic } from '#lib/article-index/article-index.ts'
import type { EditorPageSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import {
  correctionsPath,
  editorPagePath,
  listingPath,
  moodPath,
  plainPagePath,
  searchPath,
} from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

export function SiteFooter({
  locale,
  sections,
  pages,
  hasSources,
}: {
  locale: Locale
  sections: Topic[]
  pages: EditorPageSummary[]
  hasSources: boolean
}) {
  const messages = messagesFor(locale)
  return (
    <footer className="site-footer page-width">
      <nav aria-label={messages.footerNavigation} className="footer-links">
        <ul>
          {sections.map(({ name, segment }) => (
            <li key={segment}>
              <a href={listingPath(locale, { kind: 'category', segment })}>
                {formatTopic(locale, name)}
              </a>
            </li>
          ))}
        </ul>
        <ul>
          <li>
            <a href={listingPath(locale, { kind: 'latest' })}>{messages.latest}</a>
          </li>
          <li>
            <a href={plainPagePath(locale, 'briefing')}>{messages.briefing.title}</a>
          </li>
          <li>
            <a href={plainPagePath(locale, 'following')}>{messages.following.title}</a>
          </li>
          <li>
            <a href={plainPagePath(locale, 'archive')}>{messages.archive}</a>
          </li>
          <li>
            <a href={plainPagePath(locale, 'tags')}>{messages.tags}</a>
          </li>
          <li>
            <a href={plainPagePath(locale, 'sources')}>{messages.sources}</a>
          </li>
          <li>
            <a href={moodPath(locale, usualMood({ kind: 'latest' }))}>{messages.mood.name}</a>
          </li>
          <li>
            <a href={correctionsPath(locale)}>{messages.correctionsTitle}</a>
          </li>
          <li>
            <a href={plainPagePath(locale, 'about')}>{messages.about}</a>
          </li>
          {pages
            .filter(({ name }) => name !== 'about')
            .map(({ name, title }) => (
              <li key={name}>
                <a href={editorPagePath(locale, name)}>{title}</a>
              </li>
            ))}
          <li>
            <a href={searchPath(locale)}>{messages.search}</a>
          </li>
          <li>
            <a href={plainPagePath(locale, 'feeds')}>{messages.feeds}</a>
          </li>
          {site().footerLinks.map(({ label, url }) => (
            <li key={url}>
              <a href={url}>{label[locale]}</a>
            </li>
          ))}
        </ul>
      </nav>
      {site().notice && <p className="site-notice">{site().notice?.[locale]}</p>}
      {hasSources && <p>{messages.footerNote}</p>}
      <p>
        © {site().foundedIn} {site().name}
      </p>
    </footer>
  )
}
