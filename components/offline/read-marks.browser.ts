import { listStored, store } from './stored-articles.browser.ts'

/** Writes down that an article was opened. `path` is its one true address. */
export function rememberReading(path: string): void {
  const title = document.querySelector('h1')?.textContent?.trim() ?? ''
  const { lang } = document.documentElement
  const { pathname } = new URL(path, location.href)
  store('read', { path: pathname, title, lang, at: new Date().toISOString() })
}

/** Marks the headlines of articles that were opened here before. `label` is what is said of them. */
export function markRead(label: string): void {
  const read = new Set(listStored('read').map(({ path }) => path))
  if (read.size === 0) return
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.teaser-title a')) {
    const teaser = link.closest<HTMLElement>('.teaser')
    if (!teaser || !read.has(link.pathname) || 'read' in teaser.dataset) continue
    teaser.dataset.read = ''
    link.setAttribute('aria-description', label)
  }
}
