const root = document.documentElement

/**
 * Sets the page in the publication's own typeface (`data-type`) from the start when it was reached from
 * another page of ours, which has fetched it; says whether it did.
 */
export function hasTypeface(): boolean {
  const isAtHand = document.referrer.startsWith(`${location.origin}/`)
  if (isAtHand) root.dataset.type = ''
  return isAtHand
}

/**
 * Fetches the typeface for the scripts that the page has letters of; says whether it is there. A site
 * with a serif of its own (`data-serif`) does without it.
 */
export async function fetchTypeface(): Promise<boolean> {
  if (root.dataset.serif !== undefined) return false
  const found = await document.fonts.load("1em 'Source Serif'", document.title).catch(() => [])
  return found.length > 0
}
