import {
  copies,
  copyPage,
  dropCopies,
  isTakenBack,
  listCopies,
} from '#components/offline/worker/copies.browser.ts'
import { listNews } from './following.browser.ts'
import {
  type ListName,
  listStored,
  onStoredElsewhere,
  remove,
  type StoredArticle,
} from './stored-articles.browser.ts'

/** A connection comes and goes for a moment, not least while a reader is leaving for a stored page. */
const settleMilliseconds = 1000

/** The page that was asked for comes as soon as it can. */
function returnOnline(): void {
  if (navigator.onLine) location.reload()
}

/**
 * The pages of what this browser stores: `/saved`, `/following`, and the one that stands in without a
 * connection.
 */
export async function start(page: HTMLElement): Promise<void> {
  const { address } = page.dataset
  const isStandIn = address !== undefined && location.pathname !== address
  page.querySelector('.try-again')?.addEventListener('click', () => location.reload())
  if (isStandIn) addEventListener('online', () => setTimeout(returnOnline, settleMilliseconds))
  await startLists(page)
}

/** How often it is asked whether a saved article is still there, in ms. */
const checkEvery = 24 * 60 * 60 * 1000
const checkedKey = 'dateline:checked'

/**
 * Fills the lists of saved and of opened articles, and of listings that are followed (`data-list`). Of opened ones only those of which
 * there is a copy; the others could not be read now.
 */
async function startLists(root: HTMLElement): Promise<void> {
  const saved = root.querySelector<HTMLElement>('[data-list="saved"]')
  const opened = root.querySelector<HTMLElement>('[data-list="read"]')
  if (saved) {
    show(saved, listStored('saved'))
    onStoredElsewhere('saved', () => show(saved, listStored('saved')))
    saved.addEventListener('click', (event) => removeRow(event, saved, 'saved'))
  }
  const followed = root.querySelector<HTMLElement>('[data-list="followed"]')
  if (followed) {
    show(followed, listStored('followed'))
    followed.addEventListener('click', (event) => removeRow(event, followed, 'followed'))
  }
  if (opened && 'caches' in window) {
    const [atHand, savedPaths] = [await listCopies(), listStored('saved').map(({ path }) => path)]
    const isShown = ({ path }: StoredArticle) => atHand.has(path) && !savedPaths.includes(path)
    show(opened, listStored('read').filter(isShown))
  }
  noteFilled(root)
  const news = root.querySelector<HTMLElement>('[data-list="news"]')
  if (news) {
    const { lang } = document.documentElement
    show(
      news,
      (await listNews()).map((article) => ({ ...article, lang })),
    )
  }
  if (saved && 'caches' in window && navigator.onLine) await checkSaved(saved)
}

/** `data-filled` is `some` when any list has an article; whether there is none shows in words. */
function noteFilled(root: HTMLElement): void {
  const lists = [...root.querySelectorAll<HTMLElement>('.stored-list')]
  root.dataset.filled = lists.some(({ dataset }) => Number(dataset.count ?? 0) > 0) ? 'some' : ''
}

function show(section: HTMLElement, articles: StoredArticle[]): void {
  const [list, pattern] = [section.querySelector('ol'), section.querySelector('template')]
  if (!list || !pattern) return
  section.dataset.count = String(articles.length)
  const root = section.closest<HTMLElement>('.stored')
  if (root?.dataset.filled !== undefined) noteFilled(root)
  list.replaceChildren(...articles.map((article) => fill(pattern, article)))
}

function fill(pattern: HTMLTemplateElement, { path, title, lang, at }: StoredArticle): Node {
  const row = document.importNode(pattern.content, true)
  const [link, time] = [row.querySelector('a'), row.querySelector('time')]
  if (link) {
    link.href = path
    link.lang = lang
    link.textContent = title || path
  }
  if (time) {
    const date = new Date(at)
    time.dateTime = at
    time.textContent = Number.isNaN(date.getTime())
      ? ''
      : date.toLocaleDateString(time.lang, { dateStyle: 'medium' })
  }
  const button = row.querySelector('button')
  if (button) button.ariaLabel = `${button.textContent}: ${title}`
  return row
}

/** The focus goes to the next row, or to the heading when there is none. */
function removeRow(event: Event, section: HTMLElement, list: ListName): void {
  if (!(event.target instanceof HTMLButtonElement)) return
  const row = event.target.closest('li')
  const path = row?.querySelector('a')?.pathname
  if (!row || path === undefined) return
  const position = [...(row.parentElement?.children ?? [])].indexOf(row)
  remove(list, path)
  if (list === 'saved' && 'caches' in window) void dropCopies(path, [copies.saved])
  show(section, listStored(list))
  const rows = section.querySelectorAll('li')
  const next = rows[Math.min(position, rows.length - 1)]?.querySelector('button')
  const heading = document.querySelector('h1')
  if (!next && heading) heading.tabIndex = -1
  ;(next ?? heading)?.focus()
}

/** Once a day: updates the copies and removes withdrawn articles from the list. */
async function checkSaved(section: HTMLElement): Promise<void> {
  const checkedAt = Number(localStorage.getItem(checkedKey) ?? 0)
  const isDue = Date.now() - checkedAt > checkEvery
  const atHand = await listCopies()
  for (const { path } of listStored('saved')) {
    if (!isDue && atHand.has(path)) continue
    if (!isTakenBack(await copyPage(path, copies.saved))) continue
    remove('saved', path)
    show(section, listStored('saved'))
  }
  if (isDue) localStorage.setItem(checkedKey, String(Date.now()))
}
