import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { plainPagePath } from '#lib/site/routes.ts'
import { ArticleList } from './article-list.tsx'

/** What the reader saved. The browser fills the list; the server does not have it. */
export function SavedView({ locale }: { locale: Locale }) {
  const { tools } = messagesFor(locale)
  return (
    <div className="listing stored" data-address={plainPagePath(locale, 'saved')}>
      <header className="listing-header">
        <h1>{tools.savedTitle}</h1>
        <p>{tools.savedIntro}</p>
        <p className="script-missing">{tools.needsScript}</p>
      </header>
      <ArticleList
        locale={locale}
        list="saved"
        label={tools.saved}
        dateLabel={tools.savedAt}
        removeLabel={tools.remove}
      />
      <div className="empty-listing nothing-stored">
        <p className="empty-listing-title">{tools.savedNothing}</p>
        <p>{tools.savedNothingHint}</p>
      </div>
    </div>
  )
}
