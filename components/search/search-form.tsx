import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'

/** A plain form: its answer is a page with the question in the address. */
export function SearchForm({ locale, text }: { locale: Locale; text: string }) {
  const messages = messagesFor(locale)
  return (
    <search>
      <form action={searchPath(locale)} method="get" className="search-form">
        <label htmlFor="_q">{messages.searchLabel}</label>
        <div className="search-field">
          <input
            id="_q"
            type="search"
            name="q"
            defaultValue={text}
            maxLength={200}
            autoComplete="off"
            aria-describedby="_q-hint"
          />
          <button type="submit">{messages.searchButton}</button>
        </div>
        <p id="_q-hint" className="search-hint">
          {messages.searchHint}
        </p>
      </form>
    </search>
  )
}
