import { ArticleTeaser } from '#components/listing/article-teaser.tsx'
import type { ArticleSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { homePath } from '#lib/site/routes.ts'
import { SearchForm } from '../search/search-field.tsx'

const noticeKinds = ['missing', 'gone', 'broken'] as const

/** Why there is no page: no such address, an article taken back, or a failure of ours. */
export type NoticeKind = (typeof noticeKinds)[number]

export const isNoticeKind = (value: string): value is NoticeKind =>
  noticeKinds.some((kind) => kind === value)

/** Says what is the matter and offers ways on: search, the front page, the latest. */
export function NoticeView({
  locale,
  kind,
  latest,
}: {
  locale: Locale
  kind: NoticeKind
  latest: ArticleSummary[]
}) {
  const messages = messagesFor(locale)
  return (
    <div className="notice">
      <header className="listing-header">
        <h1>{messages[`${kind}Title`]}</h1>
        <p>{messages[`${kind}Text`]}</p>
        <p>
          <a href={homePath(locale)}>{messages.backHome}</a>
        </p>
      </header>
      <SearchForm locale={locale} />
      {latest.length > 0 && (
        <section className="river" aria-labelledby="_latest">
          <h2 id="_latest" className="section-title">
            {messages.latestNews}
          </h2>
          <ol>
            {latest.map((article) => (
              <li key={article.slug}>
                <ArticleTeaser article={article} kind="river" />
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}
