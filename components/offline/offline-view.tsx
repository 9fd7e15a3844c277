import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { plainPagePath } from '#lib/site/routes.ts'
import { ArticleList } from './article-list.tsx'

/** Stands in, without a connection, for a page of which there is no copy; lists what is at hand. */
export function OfflineView({ locale }: { locale: Locale }) {
  const { tools } = messagesFor(locale)
  return (
    <div className="listing stored" data-address={plainPagePath(locale, 'offline')}>
      <header className="listing-header">
        <h1>{tools.offlineTitle}</h1>
        <p>{tools.offlineIntro}</p>
        <p>
          <button type="button" className="tool try-again needs-script">
            {tools.tryAgain}
          </button>
        </p>
      </header>
      <ArticleList locale={locale} list="saved" label={tools.saved} dateLabel={tools.savedAt} />
      <ArticleList
        locale={locale}
        list="read"
        label={tools.openedTitle}
        dateLabel={tools.openedAt}
      />
      <div className="empty-listing nothing-stored">
        <p className="empty-listing-title">{tools.offlineNothing}</p>
        <p>{tools.offlineNothingHint}</p>
      </div>
    </div>
  )
}
