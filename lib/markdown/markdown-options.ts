import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import type { PluggableList } from 'unified'
import { sanitizeSchema } from './sanitize-schema.ts'

export type MarkdownOptions = {
  remarkPlugins: PluggableList
  remarkRehypeOptions: { footnoteLabel: string; footnoteBackLabel: string }
  rehypePlugins: PluggableList
}

export type FootnoteWords = { footnotes: string; backToText: string }

/**
 * The one way Markdown becomes markup, for pages and for feeds alike: GFM, then the allow-list. Our
 * house style comes after it, because it adds only what it chose.
 */
export function markdownOptions(words: FootnoteWords): MarkdownOptions {
  return {
    remarkPlugins: [remarkGfm],
    remarkRehypeOptions: {
      footnoteLabel: words.footnotes,
      footnoteBackLabel: words.backToText,
    },
    rehypePlugins: [[rehypeSanitize, sanitizeSchema]],
  }
}
