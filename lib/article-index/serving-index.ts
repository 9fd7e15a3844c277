import type { ArticleIndex, PageIndex } from './article-index.ts'

type Serving = { pages: PageIndex; search: ArticleIndex['search'] }

declare global {
  var datelineServing: Serving | undefined
}

/**
 * The index of the running server, for pages and feeds: recorded queries only, because a page that
 * asked anything else would never go stale. The server opens it once; the framework bundles its own
 * copy of every module, so the two meet on `globalThis`.
 * Throws when nothing was provided: pages exist only inside the server.
 */
export const servingIndex = (): PageIndex => findServing().pages

/** The full-text search, for the search page alone: its answers are not recorded, and the page is not cached. */
export const servingSearch = (): ArticleIndex['search'] => findServing().search

/** Sets the index that `servingIndex` returns. Called once, by the server. */
export function provideServingIndex(serving: Serving): void {
  globalThis.datelineServing = serving
}

function findServing(): Serving {
  const serving = globalThis.datelineServing
  if (!serving) {
    throw new Error('No article index: start the site with `npm start` or `npm run dev`.')
  }
  return serving
}
