import type { KeyboardEvent } from 'react'

const hitLinks = '.search-hits .teaser-title a'

/**
 * Arrows go from the field to the results, through them and back; Escape goes back at once. Enter on a
 * result is the link's own. `root` holds the field and the results.
 */
export function moveThroughHits(event: KeyboardEvent, root: HTMLElement): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const field = root.querySelector<HTMLInputElement>('input[type=search]')
  const links = [...root.querySelectorAll<HTMLAnchorElement>(hitLinks)]
  const at = event.target instanceof HTMLAnchorElement ? links.indexOf(event.target) : -1
  if (at === -1 && event.target !== field) return
  const next = nextOf({ key: event.key, at, links, field })
  if (!next) return
  event.preventDefault()
  next.focus()
}

function nextOf({
  key,
  at,
  links,
  field,
}: {
  key: string
  at: number
  links: HTMLElement[]
  field: HTMLElement | null
}): HTMLElement | null | undefined {
  if (key === 'ArrowDown') return links[at + 1]
  if (at === -1) return undefined
  if (key === 'ArrowUp') return links[at - 1] ?? field
  return key === 'Escape' ? field : undefined
}
