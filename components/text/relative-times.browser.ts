const minute = 60_000
const hour = 60 * minute

/** Older times keep their date. In ms. */
const freshFor = 24 * hour

/**
 * Shows times of the last day as relative ones (`18 min ago`), in the language of the page, now and
 * every minute while the page is visible. Each keeps the width of its date, so that nothing moves.
 */
export function showRelativeTimes(): void {
  const times = [...document.querySelectorAll<HTMLTimeElement>('time[data-age]')].filter(
    ({ dateTime }) => isFresh(dateTime, Date.now()),
  )
  if (times.length === 0) return
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: 'short' })
  // Read before anything is written: the page is laid out once.
  const moments = times.map((time) => ({
    time,
    exact: time.textContent,
    width: widthOf(time),
  }))
  const update = () => {
    const now = Date.now()
    for (const { time, exact } of moments) {
      const text = isFresh(time.dateTime, now)
        ? toAge(format, now - Date.parse(time.dateTime))
        : exact
      if (time.textContent !== text) time.textContent = text
    }
  }
  for (const { time, width } of moments) time.style.minInlineSize = `${width}px`
  update()
  setInterval(() => {
    if (!document.hidden) update()
  }, minute)
  document.addEventListener('visibilitychange', update)
}

/** False for a time in the future: the clock of the server or of the reader is wrong. */
function isFresh(dateTime: string, now: number): boolean {
  const age = now - Date.parse(dateTime)
  return age >= 0 && age < freshFor
}

/** `age` in ms. */
function toAge(format: Intl.RelativeTimeFormat, age: number): string {
  if (age < hour) return format.format(-Math.max(1, Math.floor(age / minute)), 'minute')
  return format.format(-Math.floor(age / hour), 'hour')
}

/** Of the text alone: in some rows the element takes all the room that is left. */
function widthOf(time: HTMLTimeElement): number {
  const text = document.createRange()
  text.selectNodeContents(time)
  return text.getBoundingClientRect().width
}
