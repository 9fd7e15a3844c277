import { ArticleTeaser } from '#components/listing/article-teaser.tsx'
import type { ArticleSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath, listingPath } from '#lib/site/routes.ts'
import './article.css'

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

const shownOfStory = 4

/** What else was published in the article's story, the newest first, and the way to all of it. */
export function StorySoFar({
  article: { locale, slug: own, storyKey },
  name,
  articles,
}: {
  article: ArticleSummary
  name: string
  articles: ArticleSummary[]
}) {
  if (storyKey === undefined) return undefined
  const { story } = messagesFor(locale)
  return (
    <section className="story-so-far" aria-labelledby="_story">
      <h2 id="_story" className="section-title">
        {story.name}
      </h2>
      <ol>
        {articles
          .filter(({ slug }) => slug !== own)
          .slice(0, shownOfStory)
          .map((article) => (
            <li key={article.slug}>
              <ArticleTeaser article={article} kind="river" isCategoryShown={false} />
            </li>
          ))}
      </ol>
      <a href={listingPath(locale, { kind: 'story', key: storyKey })} className="more-link">
        {`${story.whole}: ${typeset(locale, name)}`}
      </a>
    </section>
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
