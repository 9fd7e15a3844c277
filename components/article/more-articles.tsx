import { ArticleTeaser } from '#components/listing/article-teaser.tsx'
import type { ArticleSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath } from '#lib/site/routes.ts'

/** How many related articles an article's page shows. */
export const relatedArticleCount = 4

/** Related articles, and the ones just before and after in time. */
export function MoreArticles({
  locale,
  related,
  neighbours: { newer, older },
}: {
  locale: Locale
  related: ArticleSummary[]
  neighbours: { newer: ArticleSummary | undefined; older: ArticleSummary | undefined }
}) {
  if (related.length === 0 && !newer && !older) return undefined
  const messages = messagesFor(locale)
  return (
    <aside className="more-articles" aria-label={messages.moreArticles}>
      {related.length > 0 && (
        <section aria-labelledby="_related">
          <h2 id="_related" className="section-title">
            {messages.related}
          </h2>
          <div className="related">
            {related.map((article) => (
              <ArticleTeaser key={article.slug} article={article} kind="card" />
            ))}
          </div>
        </section>
      )}
      {(newer || older) && (
        <ul className="neighbours">
          {newer && <Neighbour article={newer} label={messages.newerArticle} rel="next" />}
          {older && <Neighbour article={older} label={messages.olderArticle} rel="prev" />}
        </ul>
      )}
    </aside>
  )
}

function Neighbour({
  article: { locale, slug, title },
  label,
  rel,
}: {
  article: ArticleSummary
  label: string
  rel: 'next' | 'prev'
}) {
  return (
    <li>
      <span className="kicker">{label}</span>
      <a href={articlePath(locale, slug)} rel={rel}>
        {typeset(locale, title)}
      </a>
    </li>
  )
}
