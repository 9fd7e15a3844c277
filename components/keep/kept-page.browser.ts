import { startKeptLists } from './kept-lists.browser.ts'

/** A connection comes and goes for a moment, not least while a reader is leaving for a kept page. */
const settleMilliseconds = 1000

/** The page that was asked for comes as soon as it can. */
function returnOnline(): void {
  if (navigator.onLine) location.reload()
}

/** The pages of what is kept here: `/saved`, and the one that stands in without a connection. */
export async function start(page: HTMLElement): Promise<void> {
  const { address } = page.dataset
  const isStandIn = address !== undefined && location.pathname !== address
  page.querySelector('.try-again')?.addEventListener('click', () => location.reload())
  if (isStandIn) addEventListener('online', () => setTimeout(returnOnline, settleMilliseconds))
  await startKeptLists(page)
}
