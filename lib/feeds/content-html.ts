import { createHash } from 'node:crypto'
import type { Article } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { type MarkdownOptions, markdownOptions } from '#lib/markdown/markdown-options.ts'
import { markdownToHtml } from '#lib/markdown/markdown-to-html.ts'
import { articlePath } from '#lib/site/routes.ts'
import { afterwordHtml, plainTextHtml, prefaceHtml } from './content-frame.ts'
import { rehypeFeedMarkup } from './rehype-feed-markup.ts'

/** Where the links of a body lead: `resolvePath` takes and gives a site-relative path. */
export type ContentSite = { siteUrl: string; resolvePath: (path: string) => string }

type Rendered = { html: string; paths: Map<string, string> }

/** Bodies rendered lately, by everything they were rendered from; about 10 KB each. */
const rendered = new Map<string, Rendered>()
const maxRendered = 500

/**
 * The whole article as HTML for a feed: how the text came about, the body, corrections, the credit
 * of the cover, and last the story it was written from. All addresses are absolute. The title and
 * the cover are not repeated: feed readers show them from their own fields.
 *
 * Rendering costs several milliseconds, so the last few hundred results are kept. A change of anything
 * in the article, or of where one of its links leads, makes it anew.
 */
export function toContentHtml(article: Article, site: ContentSite): string {
  const key = createHash('sha1')
    .update(JSON.stringify([site.siteUrl, article]))
    .digest('base64')
  const known = rendered.get(key)
  const isCurrent = known && [...known.paths].every(([path, to]) => site.resolvePath(path) === to)
  const result = isCurrent ? known : renderContent(article, site)
  rendered.delete(key)
  rendered.set(key, result)
  const [oldest] = rendered.keys()
  if (rendered.size > maxRendered && oldest !== undefined) rendered.delete(oldest)
  return result.html
}

function renderContent(article: Article, { siteUrl, resolvePath }: ContentSite): Rendered {
  const paths = new Map<string, string>()
  const options = feedOptions(article, {
    siteUrl,
    resolvePath: (path) => {
      const resolved = resolvePath(path)
      paths.set(path, resolved)
      return resolved
    },
  })
  const parts = [prefaceHtml(article), renderBody(article.body, options), afterwordHtml(article)]
  return { html: parts.filter((part) => part !== '').join('\n'), paths }
}

/** A body that Markdown cannot make sense of must not cost subscribers the whole feed. */
function renderBody(body: string, options: MarkdownOptions): string {
  try {
    return markdownToHtml(body, options)
  } catch {
    return plainTextHtml(body)
  }
}

function feedOptions(
  { locale, slug }: Article,
  { siteUrl, resolvePath }: ContentSite,
): MarkdownOptions {
  const messages = messagesFor(locale)
  const { tableLabel, taskDone, taskOpen, image, imageOf } = messages
  const words = { table: tableLabel, taskDone, taskOpen, image, imageOf }
  const options = markdownOptions({ siteUrl, words, resolvePath }, messages)
  const baseUrl = siteUrl + articlePath(locale, slug)
  return { ...options, rehypePlugins: [...options.rehypePlugins, [rehypeFeedMarkup, baseUrl]] }
}
