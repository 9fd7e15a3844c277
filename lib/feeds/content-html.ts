import type { Article } from '#lib/content/article.ts'
import { type CompiledBody, fillMarkup } from '#lib/markdown/compiled-body.ts'
import { articlePath } from '#lib/site/routes.ts'
import { afterwordHtml, prefaceHtml } from './content-frame.ts'

/** Where the links of a body lead: `resolvePath` takes and gives a site-relative path. */
export type ContentSite = { siteUrl: string; resolvePath: (path: string) => string }

/** The address that bodies in feeds are compiled for. */
export const toArticleUrl = ({ locale, slug }: Article, siteUrl: string): string =>
  siteUrl + articlePath(locale, slug)

/**
 * The whole article as HTML for a feed: how the text came about, the body, corrections, the credit
 * of the cover, and last the story it was written from. All addresses are absolute. The title and
 * the cover are not repeated: feed readers show them from their own fields. `compiled` is the body,
 * for the address of the article.
 */
export function toContentHtml(
  article: Article,
  compiled: CompiledBody,
  { siteUrl, resolvePath }: ContentSite,
): string {
  const articleUrl = toArticleUrl(article, siteUrl)
  const markup = compiled.feed ?? { texts: [''], holes: [] }
  const body = fillMarkup(markup, ({ path }) => new URL(resolvePath(path), articleUrl).href)
  const parts = [prefaceHtml(article), body, afterwordHtml(article)]
  return parts.filter((part) => part !== '').join('\n')
}
