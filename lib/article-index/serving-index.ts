import type { ArticleIndex } from './article-index.ts'

declare global {
  var datelineArticleIndex: ArticleIndex | undefined
}

/**
 * The index of the running server, for pages and feeds. The server opens it once; the framework
 * bundles its own copy of every module, so the two meet on `globalThis`.
 * Throws when nothing was provided: pages exist only inside the server.
 */
export function servingIndex(): ArticleIndex {
  const index = globalThis.datelineArticleIndex
  if (!index) throw new Error('No article index: start the site with `npm start` or `npm run dev`.')
  return index
}

export function provideServingIndex(index: ArticleIndex): void {
  globalThis.datelineArticleIndex = index
}
