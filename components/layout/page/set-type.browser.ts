import { fetchTypeface } from './typeface.browser.ts'

/** How many letters are set in the typeface at a time: some milliseconds' work on a slow phone. */
const atATime = 1200

/**
 * Sets the page in the publication's own typeface when it has been fetched, unless it is so from the start:
 * piece by piece, from the top, so that the page answers between two pieces. The framework's runtime,
 * where it is at work, compares all of a page but its root with what it would render. What is printed
 * meanwhile is set as a whole: a sheet has one typeface.
 */
export async function setType(): Promise<void> {
  const root = document.documentElement
  if (root.dataset.type !== undefined || !(await fetchTypeface())) return
  if ('__next_f' in window) {
    root.dataset.type = ''
    return
  }
  addEventListener('beforeprint', () => {
    root.dataset.type = ''
  })
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
