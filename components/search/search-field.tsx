import type { ComponentProps } from 'react'
import { longestSearchText } from '#lib/site/addresses/search-params.ts'
import type { SearchWords } from './search-words.ts'
import './search.css'

/** Where the words of a question are typed. */
export function SearchField({
  words,
  hint,
  ...input
}: {
  words: Pick<SearchWords, 'searchLabel' | 'searchButton' | 'searchHint'>
  hint?: string | undefined
} & ComponentProps<'input'>) {
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
          {...input}
        />
        <button type="submit">{words.searchButton}</button>
      </div>
      <p id="_q-hint" className="search-hint">
        {words.searchHint}
        {hint && <span className="search-keys">{hint}</span>}
      </p>
    </>
  )
}
