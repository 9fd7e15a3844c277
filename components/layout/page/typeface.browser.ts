const { dataset } = document.documentElement

/**
 * Sets the page in the paper's own typeface (`data-type`) from the start when it was reached from
 * another page of ours, which has fetched it; says whether it did.
 */
export function hasTypeface(): boolean {
  const isAtHand = document.referrer.startsWith(`${location.origin}/`)
  if (isAtHand) dataset.type = ''
  return isAtHand
}

/** Fetches it for the scripts that the page has letters of, and sets the page in it when it is there. */
export async function fetchTypeface(): Promise<void> {
  const found = await document.fonts.load("1em 'Source Serif'", document.title).catch(() => [])
  if (found.length > 0) dataset.type = ''
}
