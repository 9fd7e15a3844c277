const key = 'dateline:visit'

/** A reader who comes back after this time comes for another visit, in ms. */
const apart = 30 * 60_000

type Visit = { seenAt: string; before: string }

/**
 * Marks the articles that were published since the last visit, in this browser alone, and says in the
 * place that the page has for it how many there are. `place` holds the phrases, as in `new-articles`.
 */
export function start(place: HTMLElement): void {
  const before = noteVisit(Date.now())
  if (before === '') return
  const times = [...document.querySelectorAll<HTMLTimeElement>('main .teaser time')]
  const fresh = times.filter(({ dateTime }) => dateTime > before)
  for (const time of fresh) {
    const teaser = time.closest<HTMLElement>('.teaser')
    const link = teaser?.querySelector('.teaser-title a')
    if (!teaser || !link) continue
    teaser.dataset.new = ''
    if (!link.ariaDescription) link.ariaDescription = place.dataset.label ?? ''
  }
  if (fresh.length === 0) return
  const forms: Record<string, string> = JSON.parse(place.dataset.forms ?? '{}')
  const form = forms[new Intl.PluralRules(document.documentElement.lang).select(fresh.length)]
  place.textContent = (form ?? forms.other ?? '').replace('#', String(fresh.length))
}

/** Writes down that the reader is here now; the answer is when the visit before this one ended. */
export function noteVisit(now: number): string {
  const known = readVisit()
  const at = new Date(now).toISOString()
  const isAnother = known !== undefined && now - Date.parse(known.seenAt) > apart
  const before = isAnother ? known.seenAt : (known?.before ?? '')
  try {
    localStorage.setItem(key, JSON.stringify({ seenAt: at, before } satisfies Visit))
  } catch {
    // A browser that stores nothing has no visit before.
  }
  return before
}

function readVisit(): Visit | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (typeof found !== 'object' || found === null) return undefined
    if (!('seenAt' in found && 'before' in found)) return undefined
    const { seenAt, before } = found
    return typeof seenAt === 'string' && typeof before === 'string' ? { seenAt, before } : undefined
  } catch {
    return undefined
  }
}
