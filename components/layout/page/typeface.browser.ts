const root = document.documentElement

/** How many letters are set in the typeface at a time: some milliseconds' work on a slow phone. */
const atATime = 1200

/**
 * Sets the page in the paper's own typeface (`data-type`) from the start when it was reached from
 * another page of ours, which has fetched it; else the page is painted first.
 */
export function startTypeface(): void {
  if (document.referrer.startsWith(`${location.origin}/`)) root.dataset.type = ''
}

/**
 * Fetches the typeface for the scripts that the page has letters of and sets the page in it when it is
 * there: piece by piece, from the top, so that the page answers between two pieces.
 */
export async function fetchTypeface(): Promise<void> {
  if (root.dataset.type !== undefined) return
  const found = await document.fonts.load("1em 'Source Serif'", document.title).catch(() => [])
  if (found.length === 0) return
  const standIn = getComputedStyle(root).fontFamily
  for (const piece of listPieces(document.body, standIn)) {
    piece.dataset.type = ''
    await new Promise(requestAnimationFrame)
  }
}

/** The parts of an element that are set in a family: small ones, and such as hold text themselves. */
function listPieces(element: Element, family: string): HTMLElement[] {
  if (!(element instanceof HTMLElement)) return []
  const isSet = getComputedStyle(element).fontFamily === family
  const isSmall = (element.textContent ?? '').length <= atATime
  if (isSet && (isSmall || hasText(element))) return [element]
  return [...element.children].flatMap((child) => listPieces(child, family))
}

const hasText = (element: HTMLElement) =>
  [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '')
