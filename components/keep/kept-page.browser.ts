import { startKeptLists } from './kept-lists.browser.ts'

/** The pages of what is kept here: `/saved`, and the one that stands in without a connection. */
export async function start(page: HTMLElement): Promise<void> {
  const { address } = page.dataset
  const isStandIn = address !== undefined && location.pathname !== address
  page.querySelector('.try-again')?.addEventListener('click', () => location.reload())
  // The page that was asked for comes as soon as it can.
  if (isStandIn) addEventListener('online', () => location.reload())
  await startKeptLists(page)
}
