import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/**
 * A list that the browser fills with the articles that it stores: the template is one row of it. `list` names what
 * is listed for the module beside this view. The date is one that a validator takes, and its language
 * the one that dates are formatted in.
 */
export function ArticleList({
  locale,
  list,
  label,
  dateLabel,
  removeLabel,
}: {
  locale: Locale
  list: 'saved' | 'read' | 'followed'
  label: string
  dateLabel: string
  /** Left out where nothing can be taken off the list. */
  removeLabel?: string
}) {
  return (
    <section className="stored-list" aria-label={label} data-list={list}>
      <h2 className="section-title">{label}</h2>
      <ol />
      <template>
        <li>
          <a href="/">{label}</a>
          <p className="meta">
            <span>
              {dateLabel} <time dateTime="1970-01-01" lang={messagesFor(locale).languageTag} />
            </span>
          </p>
          {removeLabel && (
            <button type="button" className="tool">
              {removeLabel}
            </button>
          )}
        </li>
      </template>
    </section>
  )
}
