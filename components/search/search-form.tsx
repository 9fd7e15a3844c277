import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'
import { SearchField } from './search-field.tsx'

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
