import { longestSearchText } from '#lib/site/addresses/search-params.ts'
import './search.css'
import { type Messages, messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'

/** Where the words of a question are typed. `hint` names keys, which work once scripts run. */
export function SearchField({
  words,
  hint,
  text = '',
}: {
  words: Pick<Messages, 'searchLabel' | 'searchButton' | 'searchHint'>
  hint?: string | undefined
  text?: string
}) {
  return (
    <>
      <label htmlFor="_q">{words.searchLabel}</label>
      <div className="search-field">
        <input
          id="_q"
          type="search"
          name="q"
          maxLength={longestSearchText}
          autoComplete="off"
          aria-describedby="_q-hint"
          defaultValue={text}
        />
        <button type="submit">{words.searchButton}</button>
      </div>
      <p id="_q-hint" className="search-hint">
        {words.searchHint}
        {hint && <span className="search-keys needs-script">{hint}</span>}
      </p>
    </>
  )
}

/** A plain form that leads to the search. */
export function SearchForm({ locale }: { locale: Locale }) {
  return (
    <search>
      <form action={searchPath(locale)} method="get" className="search-form">
        <SearchField words={messagesFor(locale)} />
      </form>
    </search>
  )
}
