/** How often it is asked whether there is something new, in ms, give or take a tenth. */
const pause = 60_000
const longestPause = 15 * 60_000

/**
 * Offers what was published since the page was made: a link over the page that moves nothing of it.
 * Asks only while somebody can see the page, and less often when there is no answer.
 */
export function start(place: HTMLElement): void {
  const { address = '', forms = '{}', items = '.teaser' } = place.dataset
  const shown = listShown(items)
  let wait = pause
  let askedAt = Date.now()
  let timer = 0
  let count = 0

  async function ask(): Promise<void> {
    askedAt = Date.now()
    try {
      // Answered with 304 as long as there is nothing new.
      const response = await fetch(address, { cache: 'no-cache' })
      if (!response.ok) throw new Error(response.statusText)
      const found = countNew(await response.json(), shown)
      wait = pause
      if (found !== count) offer(place, found, forms)
      count = found
    } catch {
      wait = Math.min(wait * 2, longestPause)
    }
    plan()
  }

  function plan(): void {
    clearTimeout(timer)
    if (document.hidden) return
    const due = askedAt + wait * (0.9 + Math.random() / 5)
    timer = window.setTimeout(ask, Math.max(0, due - Date.now()))
  }

  document.addEventListener('visibilitychange', plan)
  plan()
}

type Shown = { paths: Set<string>; newestAt: string }

/** What the page has, and the date of its newest article or update. `items` selects them. */
function listShown(items: string): Shown {
  const links = document.querySelectorAll<HTMLAnchorElement>(
    `main ${items}-title a, main a${items}-time`,
  )
  const times = document.querySelectorAll<HTMLTimeElement>(`main ${items} time`)
  return {
    paths: new Set([...links].map(toPlace)),
    newestAt: [...times].reduce(
      (newest, { dateTime }) => (dateTime > newest ? dateTime : newest),
      '',
    ),
  }
}

const toPlace = ({ pathname, hash }: { pathname: string; hash: string }) => pathname + hash

/** The answer is a list: the path of an article or update, its date, more; the newest first. */
function countNew(answer: unknown, { paths, newestAt }: Shown): number {
  if (!Array.isArray(answer)) return 0
  return answer.filter((pair) => {
    if (!Array.isArray(pair)) return false
    const [path, at] = pair
    if (typeof path !== 'string' || typeof at !== 'string') return false
    return at > newestAt && !paths.has(toPlace(new URL(path, location.href)))
  }).length
}

/** `forms` is a phrase by plural category, with `#` for the number, as JSON. */
function offer(place: HTMLElement, count: number, forms: string): void {
  const phrases: Record<string, string> = JSON.parse(forms)
  const form = phrases[new Intl.PluralRules(document.documentElement.lang).select(count)]
  const link = document.createElement('a')
  // A link to the page itself: the browser loads it again and starts at the top.
  link.href = location.pathname
  link.textContent = (form ?? phrases.other ?? '#').replace('#', String(count))
  place.replaceChildren(...(count > 0 ? [link] : []))
}
