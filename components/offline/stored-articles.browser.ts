/** An article that this browser remembers, or a listing that is followed. `path` is its address on this site, `at` when (ISO). */
export type StoredArticle = { path: string; title: string; lang: string; at: string }

/** The lists there are, by the names under which `localStorage` has them. */
const keys = {
  saved: 'dateline:saved',
  read: 'dateline:read',
  followed: 'dateline:followed',
} as const
export type ListName = keyof typeof keys

/** The oldest are deleted first. Saved articles have copies, which need more space. */
const most: Record<ListName, number> = { saved: 200, read: 500, followed: 50 }

/** Newest first; empty when there is none, or when it is not a list of ours. */
export function listStored(list: ListName): StoredArticle[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keys[list]) ?? '[]')
    return Array.isArray(found) ? found.filter(isStoredArticle) : []
  } catch {
    return []
  }
}

/** Puts an article on top of a list. False when the browser stores nothing for us. */
export function store(list: ListName, article: StoredArticle): boolean {
  const others = listStored(list).filter(({ path }) => path !== article.path)
  return write(list, [article, ...others].slice(0, most[list]))
}

export function remove(list: ListName, path: string): boolean {
  return write(
    list,
    listStored(list).filter((article) => article.path !== path),
  )
}

/** Calls back when another tab changed a list. */
export function onStoredElsewhere(list: ListName, changed: () => void): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === keys[list] || key === null) changed()
  })
}

function write(list: ListName, articles: StoredArticle[]): boolean {
  try {
    localStorage.setItem(keys[list], JSON.stringify(articles))
    return true
  } catch {
    return false
  }
}

/** Only paths of this site: a list is turned into links. */
function isStoredArticle(value: unknown): value is StoredArticle {
  if (typeof value !== 'object' || value === null) return false
  if (!('path' in value && 'title' in value && 'lang' in value && 'at' in value)) return false
  const { path, title, lang, at } = value
  const isPath = typeof path === 'string' && /^\/(?!\/)/.test(path)
  return isPath && typeof title === 'string' && typeof lang === 'string' && typeof at === 'string'
}
