import type { CoverCredit } from '#lib/covers/cover-credit.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** "Photo by NAME on Unsplash", both linked where there is something to link to. */
export function CoverCreditLine({ locale, credit }: { locale: Locale; credit: CoverCredit }) {
  const messages = messagesFor(locale)
  return (
    <figcaption className="meta">
      <span>
        {`${messages.photoBy} `}
        {credit.url ? (
          <a href={credit.url} rel="nofollow noopener">
            {credit.name}
          </a>
        ) : (
          credit.name
        )}
        {credit.platform && (
          <>
            {` ${messages.onPlatform} `}
            <a href={credit.platform.url} rel="nofollow noopener">
              {credit.platform.name}
            </a>
          </>
        )}
      </span>
    </figcaption>
  )
}
