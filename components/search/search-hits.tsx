import { formatDate } from '#lib/i18n/format.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath, listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import type { FoundArticle } from './findings.ts'
import { Highlighted } from './highlighted.tsx'

/** The articles that were found, in their order. `locale` is the page's language. */
export function SearchHits({ locale, articles }: { locale: Locale; articles: FoundArticle[] }) {
  return (
    <ol className="search-hits">
      {articles.map((article) => (
        <li
          key={`${article.locale} ${article.slug}`}
          lang={article.locale === locale ? undefined : article.locale}
        >
          <Hit article={article} />
        </li>
      ))}
    </ol>
  )
}

function Hit({
  article: { locale, slug, title, excerpt, category, publishedAt },
}: {
  article: FoundArticle
}) {
  return (
    <article className="teaser teaser-hit">
      <h2 className="teaser-title">
        <a href={articlePath(locale, slug)}>
          <Highlighted text={title} />
        </a>
      </h2>
      <p className="teaser-standfirst">
        <Highlighted text={excerpt} />
      </p>
      <p className="meta">
        <a href={listingPath(locale, { kind: 'category', segment: toSegment(category) })}>
          {formatTopic(locale, category)}
        </a>
        {/* Browsers and servers differ in how they write a date. */}
        <time dateTime={publishedAt} suppressHydrationWarning>
          {formatDate(locale, publishedAt)}
        </time>
      </p>
    </article>
  )
}
