import { Instant } from '#components/text/instant.tsx'
import type { Correction } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import { correctionId, correctionsPath } from '#lib/site/routes.ts'
import './article.css'

/** What was wrong and has been put right, newest first. */
export function Corrections({
  locale,
  corrections,
}: {
  locale: Locale
  corrections: Correction[]
}) {
  if (corrections.length === 0) return undefined
  const newestFirst = corrections
    .map((correction, place) => ({ ...correction, id: correctionId(place + 1) }))
    .toSorted((a, b) => b.at.localeCompare(a.at))
  return (
    <section aria-labelledby="_corrections" className="corrections">
      <h2 id="_corrections">{messagesFor(locale).corrections}</h2>
      <ul>
        {newestFirst.map(({ at, text, id }) => (
          <li key={id} id={id}>
            <Instant locale={locale} at={at} format="date" />
            <p>{typeset(locale, text)}</p>
          </li>
        ))}
      </ul>
      <p>
        <a href={correctionsPath(locale)}>{messagesFor(locale).allCorrections}</a>
      </p>
    </section>
  )
}
