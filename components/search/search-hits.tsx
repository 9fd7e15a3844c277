import { ProvenanceLabel } from '#components/article/provenance-label.tsx'
import type { HighlightedText, SearchHit } from '#lib/article-index/article-index.ts'
import { formatDate } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { createTypesetter } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath, listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import './search.css'

/** The articles that were found, in their order. `locale` is the page's language. */
export function SearchHits({ locale, hits }: { locale: Locale; hits: SearchHit[] }) {
  return (
    <ol className="search-hits">
      {hits.map((hit) => (
        <li
          key={`${hit.article.locale} ${hit.article.slug}`}
          lang={hit.article.locale === locale ? undefined : hit.article.locale}
        >
          <Hit hit={hit} />
        </li>
      ))}
    </ol>
  )
}

function Hit({ hit: { article, title, excerpt } }: { hit: SearchHit }) {
  const { locale, slug, category, kind, publishedAt } = article
  return (
    <article className="teaser teaser-hit">
      <h2 className="teaser-title">
        <a href={articlePath(locale, slug)}>
          <Highlighted locale={locale} text={title} />
        </a>
      </h2>
      <p className="teaser-standfirst">
        <Highlighted locale={locale} text={excerpt} />
      </p>
      <p className="meta">
        <a href={listingPath(locale, { kind: 'category', segment: toSegment(category) })}>
          {formatTopic(locale, category)}
        </a>
        {kind && kind !== 'news' && <span>{messagesFor(locale).kinds[kind]}</span>}
        <ProvenanceLabel article={article} isShort />
        <time dateTime={publishedAt}>{formatDate(locale, publishedAt)}</time>
      </p>
    </article>
  )
}

/** Text with what matched marked. */
function Highlighted({ locale, text }: { locale: Locale; text: HighlightedText }) {
  const set = createTypesetter(locale)
  return text.map(({ text: run, isMatch }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a text have no identity but their place
    isMatch ? <mark key={at}>{set(run)}</mark> : set(run),
  )
}
