import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import type { PluggableList } from 'unified'
import { gfmOptions } from './html-elements.ts'
import { rehypeRawHtml } from './rehype-raw-html.ts'
import { remarkKeepText } from './remark-keep-text.ts'
import { sanitizeSchema } from './sanitize-schema.ts'

export type MarkdownOptions = {
  remarkPlugins: PluggableList
  remarkRehypeOptions: {
    footnoteLabel: string
    footnoteBackLabel: string
    /** HTML is handed on to `rehypeRawHtml` and the sanitiser. */
    allowDangerousHtml: true
  }
  rehypePlugins: PluggableList
}

export type FootnoteWords = { footnotes: string; backToText: string }

/**
 * The one way Markdown becomes markup, for pages and for feeds alike: GFM, its HTML parsed, then the
 * allow-list. Our house style comes after it, because it adds only what it chose.
 */
export function markdownOptions(words: FootnoteWords): MarkdownOptions {
  return {
    remarkPlugins: [[remarkGfm, gfmOptions], remarkKeepText],
    remarkRehypeOptions: {
      footnoteLabel: words.footnotes,
      footnoteBackLabel: words.backToText,
      allowDangerousHtml: true,
    },
    rehypePlugins: [[rehypeRawHtml], [rehypeSanitize, sanitizeSchema]],
  }
}
