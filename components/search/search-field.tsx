import type { Messages } from '#lib/i18n/messages.ts'
import { longestSearchText } from '#lib/site/addresses/search-params.ts'
import './search.css'

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
