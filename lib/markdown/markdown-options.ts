import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import type { PluggableList } from 'unified'
import { type HouseStyle, rehypeHouseStyle } from './rehype-house-style.ts'
import { sanitizeSchema } from './sanitize-schema.ts'

export type MarkdownOptions = {
  remarkPlugins: PluggableList
  remarkRehypeOptions: { footnoteLabel: string; footnoteBackLabel: string }
  rehypePlugins: PluggableList
}

export type FootnoteWords = { footnotes: string; backToText: string }

/**
 * The one way Markdown becomes markup, for pages and for feeds alike: GFM, then the allow-list,
 * then our house style. The sanitiser comes before our own plugin, which adds only what it chose.
 */
export function markdownOptions(style: HouseStyle, words: FootnoteWords): MarkdownOptions {
  return {
    remarkPlugins: [remarkGfm],
    remarkRehypeOptions: {
      footnoteLabel: words.footnotes,
      footnoteBackLabel: words.backToText,
    },
    rehypePlugins: [
      [rehypeSanitize, sanitizeSchema],
      [rehypeHouseStyle, style],
    ],
  }
}
