import { readSetting } from '#components/layout/settings/settings.browser.ts'
import { searchKey } from './search-key.browser.ts'

const searchFieldHash = '#_q'

/**
 * Keyboard shortcuts: `/` to search, `j` and `k` from headline to headline, `s` to save the article
 * that is open or whose headline has the focus. They do nothing while the reader types or holds a
 * modifier key, and can be switched off (WCAG 2.2, 2.1.4, which is about keys that write a character).
 */
export function startKeys(): void {
  if (location.hash === searchFieldHash) findField()?.focus()
  if (document.documentElement.dataset.early === searchKey && readSetting('keys') !== 'off') {
    actions[searchKey]?.()
  }
  window.addEventListener('keydown', (event) => {
    if (isShortcut(event) && actions[event.key]?.()) event.preventDefault()
  })
}

/** Whether a key is pressed alone, outside of fields, and shortcuts are switched on. */
function isShortcut({ ctrlKey, metaKey, altKey, target, isComposing }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || isComposing || isTyping(target)) return false
  return readSetting('keys') !== 'off'
}

const actions: Record<string, () => boolean> = {
  [searchKey]: () => {
    const field = findField()
    const link = document.querySelector<HTMLAnchorElement>('a.masthead-search')
    if (field) {
      field.focus()
      field.select()
    } else if (link) location.assign(link.href + searchFieldHash)
    return Boolean(field ?? link)
  },
  j: () => step(1),
  k: () => step(-1),
  s: () => {
    const focused = document.activeElement?.closest('.teaser')?.querySelector('.save-button')
    const button = focused ?? document.querySelector('.article-tools .save-button')
    if (!(button instanceof HTMLButtonElement)) return false
    button.click()
    return true
  },
}

const findField = () => document.querySelector<HTMLInputElement>('input[type="search"]')

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="radio"]), textarea, select'))
  )
}

/** Moves the focus to the next headline, or to the one before. */
function step(by: 1 | -1): boolean {
  const links = [...document.querySelectorAll<HTMLElement>('main .teaser-title a')]
  const focused = document.activeElement?.closest('.teaser, article')
  const position = links.findIndex((link) => focused?.contains(link))
  const link = position === -1 ? links.at(by === 1 ? 0 : -1) : links[position + by]
  link?.focus()
  return link !== undefined
}
