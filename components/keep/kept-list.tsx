/**
 * A list that the browser fills with what it keeps: the template is one row of it. `list` names what
 * is listed for the module beside this view; the date is one that a validator takes.
 */
export function KeptList({
  list,
  label,
  dateLabel,
  removeLabel,
}: {
  list: 'saved' | 'read'
  label: string
  dateLabel: string
  /** Left out where nothing can be taken off the list. */
  removeLabel?: string
}) {
  return (
    <section className="kept-list" aria-label={label} data-kept={list}>
      <h2 className="section-title">{label}</h2>
      <ol />
      <template>
        <li>
          <a href="/">{label}</a>
          <p className="meta">
            <span>
              {dateLabel} <time dateTime="1970-01-01" />
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
