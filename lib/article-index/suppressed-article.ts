import type { Absence } from './article-index.ts'
import type { ArticleAddress } from './writes/article-writer.ts'

/**
 * An article that must not be served although the index file still holds it: it was taken back while
 * nothing could be written. `kind` is how its address is answered meanwhile. Plain JSON.
 */
export type SuppressedArticle = ArticleAddress & {
  kind: Exclude<Absence['kind'], 'moved'>
}
