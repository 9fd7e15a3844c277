const minute = 60_000
const hour = 60 * minute

/** Older times keep their date. In ms. */
const freshFor = 24 * hour

/** `AgePhrases` of `lib/i18n/format.ts`. */
type Ages = Record<'minute' | 'hour', [from: number, phrase: string][]>

/**
 * Shows times of the last day as relative ones (`18 min ago`), now and every minute while the page is
 * visible. `phrases` are the ages in words, as JSON. Each time keeps the width of its date, so that
 * nothing moves. On paper, which grows old, it is the date.
 */
export function showRelativeTimes(phrases: string): void {
  const ages: Ages = JSON.parse(phrases)
  // Read before anything is written: the page is laid out once.
  const moments = [...document.querySelectorAll<HTMLTimeElement>('time[data-age]')]
    .filter((time) => toAge(ages, time))
    .map((time) => ({ time, exact: time.textContent, width: widthOf(time) }))
  const update = ({ type }: Partial<Event> = {}) => {
    for (const { time, exact } of moments) {
      const text = (type === 'beforeprint' ? undefined : toAge(ages, time)) ?? exact
      if (time.textContent !== text) time.textContent = text
    }
  }
  for (const { time, width } of moments) time.style.minInlineSize = `${width}px`
  update()
  setInterval(() => {
    if (!document.hidden) update()
  }, minute)
  document.addEventListener('visibilitychange', update)
  addEventListener('beforeprint', update)
  addEventListener('afterprint', update)
}

/** Undefined for an old time, and for one in the future: the clock of the server or the reader is wrong. */
function toAge(ages: Ages, { dateTime }: HTMLTimeElement): string | undefined {
  const age = Date.now() - Date.parse(dateTime)
  if (!(age >= 0 && age < freshFor)) return undefined
  const isHours = age >= hour
  const count = Math.floor(age / (isHours ? hour : minute)) || 1
  return ages[isHours ? 'hour' : 'minute']
    .findLast(([from]) => from <= count)?.[1]
    .replace('#', `${count}`)
}

/** Of the text alone: in some rows the element takes all the room that is left. */
function widthOf(time: HTMLTimeElement): number {
  const text = document.createRange()
  text.selectNodeContents(time)
  return text.getBoundingClientRect().width
}
