import { Instant } from '#components/text/instant.tsx'
import type { ArticleSummary } from '#lib/content/article.ts'
import { formatUsd } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatAssetKey } from '#lib/i18n/topic-names.ts'
import { listingPath } from '#lib/site/routes.ts'
import './article.css'

/** Prices that the article itself carries, each with its moment and its source. They never change. */
export function Prices({ article: { locale, prices = [] } }: { article: ArticleSummary }) {
  if (prices.length === 0) return undefined
  return (
    <section className="prices" aria-labelledby="_prices">
      <h2 id="_prices">{messagesFor(locale).pricesAtPublication}</h2>
      <ul>
        {prices.map(({ asset: key, usd, at, source }) => (
          <li key={`${key} ${at}`}>
            <a href={listingPath(locale, { kind: 'asset', key })}>{formatAssetKey(locale, key)}</a>{' '}
            <strong>{formatUsd(locale, usd)}</strong>
            <span className="prices-source">
              <Instant locale={locale} at={at} format="date-time" />, {source}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
