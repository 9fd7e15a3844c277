import { formatDateIn } from '#lib/i18n/format-in.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { articlePath, listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import type { FoundArticle } from './findings.ts'
import { Highlighted } from './highlighted.tsx'
import type { SearchWords } from './search-words.ts'

/** The articles that were found, in their order. */
export function SearchHits({ words, articles }: { words: SearchWords; articles: FoundArticle[] }) {
  return (
    <ol className="search-hits">
      {articles.map((article) => (
        <li
          key={`${article.locale} ${article.slug}`}
          lang={article.locale === words.locale ? undefined : article.locale}
        >
          <Hit words={words} article={article} />
        </li>
      ))}
    </ol>
  )
}

function Hit({
  words,
  article: { locale, slug, title, excerpt, category, publishedAt },
}: {
  words: SearchWords
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
          {formatDateIn(
            words.languages[locale]?.languageTag ?? locale,
            words.timeZone,
            publishedAt,
          )}
        </time>
      </p>
    </article>
  )
}
