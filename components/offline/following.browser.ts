import { listStored, onStoredElsewhere, remove, store } from './stored-articles.browser.ts'

/** Brings the button to life by which a reader follows a section, an asset, a tag or a story. */
export function start(button: HTMLElement): void {
  const path = new URL(button.dataset.path ?? '', location.href).pathname
  const isFollowed = () => listStored('followed').some((listing) => listing.path === path)
  const show = () => {
    button.ariaPressed = String(isFollowed())
  }
  button.addEventListener('click', () => {
    const title = document.querySelector('h1')?.textContent?.trim() ?? ''
    const { lang } = document.documentElement
    if (isFollowed()) remove('followed', path)
    else store('followed', { path, title, lang, at: new Date().toISOString() })
    show()
  })
  show()
  onStoredElsewhere('followed', show)
}

/** What is asked for news at a time, and how much of it is shown. */
const most = { listings: 20, articles: 30 }

/** An article of one of the listings. */
export type News = { path: string; at: string; title: string }

/** The newest articles of everything that is followed, each once; a listing that does not answer has none. */
export async function listNews(): Promise<News[]> {
  const listings = listStored('followed').slice(0, most.listings)
  const answers = await Promise.all(listings.map(({ path }) => fetchNewest(path)))
  const byPath = new Map(answers.flat().map((article) => [article.path, article]))
  return [...byPath.values()].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, most.articles)
}

async function fetchNewest(listing: string): Promise<News[]> {
  try {
    const response = await fetch(`${listing}/newest.json`)
    const answer: unknown = response.ok ? await response.json() : []
    return Array.isArray(answer) ? answer.flatMap(toNews) : []
  } catch {
    return []
  }
}

/** Only paths of this site: they become links. */
function toNews(given: unknown): News[] {
  if (!Array.isArray(given)) return []
  const [path, at, title]: unknown[] = given
  if (typeof path !== 'string' || typeof at !== 'string' || typeof title !== 'string') return []
  return /^\/(?!\/)/.test(path) ? [{ path, at, title }] : []
}
