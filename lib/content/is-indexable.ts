import type { Article } from './article.ts'

/**
 * Whether search engines are offered the page of an article: it neither asks to be left out
 * (`noindex`) nor has its canonical address elsewhere. Feeds list such an article all the same.
 */
export function isIndexable({ noindex, canonicalUrl }: Pick<Article, 'noindex' | 'canonicalUrl'>) {
  return !noindex && canonicalUrl === undefined
}
