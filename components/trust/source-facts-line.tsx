import { Instant } from '#components/text/instant.tsx'
import type { SourceFacts } from '#lib/article-index/article-index.ts'
import { formatPercent } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** How much of the publication comes from a source, since when, and where the source itself is. */
export function SourceFactsLine({ locale, facts }: { locale: Locale; facts: SourceFacts }) {
  const messages = messagesFor(locale)
  const { source, siteUrl, sharePercent, firstAt, latestAt } = facts
  return (
    <dl className="source-facts">
      <div>
        <dt>{messages.sourceFacts.share}</dt>
        <dd>{formatPercent(locale, sharePercent)}</dd>
      </div>
      <div>
        <dt>{messages.sourceFacts.first}</dt>
        <dd>
          <Instant locale={locale} at={firstAt} format="date" />
        </dd>
      </div>
      <div>
        <dt>{messages.sourceFacts.latest}</dt>
        <dd>
          <Instant locale={locale} at={latestAt} format="date" />
        </dd>
      </div>
      {source.type && (
        <div>
          <dt>{messages.sourceFacts.type}</dt>
          <dd>{source.type}</dd>
        </div>
      )}
      {siteUrl && (
        <div>
          <dt>{messages.sourceFacts.site}</dt>
          <dd>
            <a href={siteUrl} rel="nofollow noopener">
              {new URL(siteUrl).host}
            </a>
          </dd>
        </div>
      )}
    </dl>
  )
}
