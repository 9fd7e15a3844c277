import { ProvenanceLabel } from '#components/article/provenance-label.tsx'
import { Instant } from '#components/text/instant.tsx'
import type { ArticleSummary } from '#lib/content/article.ts'
import { firstSentence } from '#lib/i18n/first-sentence.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath, briefingMailPath } from '#lib/site/routes.ts'

/** The articles of the day with a sentence each: as much as a screen shows. */
export function BriefingView({ locale, articles }: { locale: Locale; articles: ArticleSummary[] }) {
  const { briefing, nothingYet } = messagesFor(locale)
  const newestAt = articles
    .map(({ publishedAt }) => publishedAt)
    .toSorted()
    .at(-1)
  return (
    <div className="briefing listing">
      <header className="listing-header">
        <h1>{briefing.title}</h1>
        {newestAt && (
          <p className="meta">
            <Instant locale={locale} at={newestAt} format="edition" />
            <Instant locale={locale} at={newestAt} format="time" />
          </p>
        )}
      </header>
      {articles.length === 0 && <p>{nothingYet}</p>}
      <ol>
        {articles.map((article) => (
          <li key={article.slug} className="teaser">
            <h2 className="teaser-title">
              <a href={articlePath(locale, article.slug)}>{typeset(locale, article.title)}</a>
            </h2>
            <p>
              {typeset(locale, firstSentence(locale, article.description))}{' '}
              <ProvenanceLabel article={article} isShort />
            </p>
          </li>
        ))}
      </ol>
      <p className="more-link">
        <a href={briefingMailPath(locale)}>{briefing.mail}</a>
      </p>
    </div>
  )
}
