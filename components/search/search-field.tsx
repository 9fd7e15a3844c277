import type { ComponentProps } from 'react'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { longestQuestion } from '#lib/site/search-question.ts'
import './search.css'

/** Where the words of a question are typed. */
export function SearchField({
  locale,
  hint,
  ...input
}: { locale: Locale; hint?: string | undefined } & ComponentProps<'input'>) {
  const messages = messagesFor(locale)
  return (
    <>
      <label htmlFor="_q">{messages.searchLabel}</label>
      <div className="search-field">
        <input
          id="_q"
          type="search"
          name="q"
          maxLength={longestQuestion}
          autoComplete="off"
          aria-describedby="_q-hint"
          {...input}
        />
        <button type="submit">{messages.searchButton}</button>
      </div>
      <p id="_q-hint" className="search-hint">
        {messages.searchHint}
        {hint && <span className="search-keys">{hint}</span>}
      </p>
    </>
  )
}
