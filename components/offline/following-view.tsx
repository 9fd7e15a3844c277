import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type ListingScope, listingPath, plainPagePath } from '#lib/site/routes.ts'
import { ArticleList } from './article-list.tsx'

/** What the reader follows, and what is new there. The browser fills both; the server has neither. */
export function FollowingView({ locale }: { locale: Locale }) {
  const { following, tools } = messagesFor(locale)
  return (
    <div className="listing stored" data-address={plainPagePath(locale, 'following')}>
      <header className="listing-header">
        <h1>{following.title}</h1>
        <p>{following.intro}</p>
        <p className="script-missing">{following.needsScript}</p>
      </header>
      <section className="stored-list" aria-label={following.news} data-list="news">
        <h2 className="section-title">{following.news}</h2>
        <ol />
        <template>
          <li>
            <a href="/">{following.news}</a>
            <p className="meta">
              <time dateTime="1970-01-01" lang={messagesFor(locale).languageTag} />
            </p>
          </li>
        </template>
      </section>
      <ArticleList
        locale={locale}
        list="followed"
        label={following.followed}
        dateLabel={following.since}
        removeLabel={tools.remove}
      />
      <div className="empty-listing nothing-stored">
        <p className="empty-listing-title">{following.nothing}</p>
        <p>{following.nothingHint}</p>
      </div>
    </div>
  )
}

/** Follows a listing in the browser alone, and shows that it does. Not there without its module. */
export function FollowButton({ locale, scope }: { locale: Locale; scope: ListingScope }) {
  return (
    <button
      type="button"
      className="follow-button tool needs-script"
      aria-pressed="false"
      data-path={listingPath(locale, scope)}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M8 2.5v11M2.5 8h11" />
      </svg>
      {messagesFor(locale).following.follow}
    </button>
  )
}
