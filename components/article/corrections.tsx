import { Instant } from '#components/text/instant.tsx'
import type { Correction } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** What was wrong and has been put right, newest first. */
export function Corrections({
  locale,
  corrections,
}: {
  locale: Locale
  corrections: Correction[]
}) {
  if (corrections.length === 0) return undefined
  const newestFirst = corrections.toSorted((a, b) => b.at.localeCompare(a.at))
  return (
    <section aria-labelledby="_corrections" className="corrections">
      <h2 id="_corrections">{messagesFor(locale).corrections}</h2>
      <ul>
        {newestFirst.map(({ at, text }) => (
          <li key={at + text}>
            <Instant locale={locale} at={at} format="date" />
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
