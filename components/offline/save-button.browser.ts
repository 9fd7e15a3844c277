import { copies, copyPage, dropCopies } from '#components/offline/worker/copies.browser.ts'
import { listStored, onStoredElsewhere, remove, store } from './stored-articles.browser.ts'

/** Connects the save buttons of the page. `label` is their accessible name, before the title. */
export function startSaving(label: string): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('.save-button')]
  if (buttons.length === 0) return
  const show = () => {
    const saved = new Set(listStored('saved').map(({ path }) => path))
    for (const button of buttons) {
      button.ariaPressed = String(saved.has(articleOf(button).path))
    }
  }
  for (const button of buttons) {
    button.ariaLabel = `${label}: ${articleOf(button).title}`
    button.addEventListener('click', () => {
      toggle(button)
      show()
    })
  }
  show()
  onStoredElsewhere('saved', show)
}

function toggle(button: HTMLButtonElement): void {
  const article = articleOf(button)
  if (button.ariaPressed === 'true') {
    remove('saved', article.path)
    if ('caches' in window) void dropCopies(article.path, [copies.saved])
    return
  }
  const isStored = store('saved', { ...article, at: new Date().toISOString() })
  if (isStored && 'caches' in window) void copyPage(article.path, copies.saved)
}

/** The article of a button: that of its teaser, or of the page. */
function articleOf(button: HTMLElement): { path: string; title: string; lang: string } {
  const link = button.closest('.teaser')?.querySelector<HTMLAnchorElement>('.teaser-title a')
  const title = link ?? document.querySelector('h1')
  const own = button.closest<HTMLElement>('[data-path]')?.dataset.path ?? location.pathname
  return {
    path: link?.pathname ?? new URL(own, location.href).pathname,
    title: title?.textContent?.trim() ?? '',
    lang: document.documentElement.lang,
  }
}
