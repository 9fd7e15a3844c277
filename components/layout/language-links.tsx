import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/**
 * Each language by its own name. Where a page is not to be had in a language, the link leads to that
 * language's front page and says so in its own words.
 */
export function LanguageLinks({ locale, paths }: { locale: Locale; paths: LanguagePath[] }) {
  return (
    <nav aria-label={messagesFor(locale).languages} className="languages">
      <ul>
        {paths.map(({ locale: language, path, isSamePage }) => {
          const { languageName, notInThisLanguage } = messagesFor(language)
          return (
            <li key={language}>
              <a
                href={path}
                lang={language}
                hrefLang={language}
                aria-current={language === locale ? 'true' : undefined}
              >
                {languageName}
                {!isSamePage && <small> {notInThisLanguage}</small>}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** Where a language's link leads: to the page the reader is on, or to a front page instead. */
export type LanguagePath = { locale: Locale; path: string; isSamePage: boolean }
