import { messagesFor } from '#lib/i18n/messages.ts'
import { type Locale, locales } from '#lib/site/locales.ts'

/** Each language by its own name, with its code for small screens. */
export function LanguageLinks({
  locale,
  paths,
}: {
  locale: Locale
  paths: Record<Locale, string>
}) {
  return (
    <nav aria-label={messagesFor(locale).languages} className="languages">
      <ul>
        {locales.map((language) => (
          <li key={language}>
            <a
              href={paths[language]}
              lang={language}
              hrefLang={language}
              aria-current={language === locale ? 'true' : undefined}
            >
              {messagesFor(language).languageName}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
