import type { Root } from 'hast'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { type PluggableList, unified } from 'unified'
import { sanitizeSchema } from './allowed-html.ts'
import { remarkParseInPieces } from './parse-in-pieces.ts'
import { type HouseStyle, rehypeHouseStyle } from './rehype-house-style.ts'
import { rehypeRawHtml } from './rehype-raw-html.ts'
import { gfmOptions, remarkKeepText } from './remark-keep-text.ts'

export type FootnoteWords = { footnotes: string; backToText: string }

/** A body as HTML in our house style. */
export function markdownToHtml(markdown: string, style: HouseStyle, words: FootnoteWords): string {
  return treeToHtml(markdownToTree(markdown, words), style)
}

/**
 * A body as the markup that it may become, for pages and for feeds alike: GFM, its HTML parsed, then the
 * allow-list. Our house style comes after it, because it adds only what it chose.
 */
export function markdownToTree(markdown: string, words: FootnoteWords): Root {
  const processor = unified()
    .use(remarkParse)
    .use([[remarkGfm, gfmOptions], remarkKeepText])
    .use(remarkParseInPieces)
    .use(remarkRehype, {
      footnoteLabel: words.footnotes,
      footnoteBackLabel: words.backToText,
      // HTML is handed on to `rehypeRawHtml` and the sanitiser.
      allowDangerousHtml: true,
    })
    .use(rehypeRawHtml)
    .use(rehypeSanitize, sanitizeSchema)
  return processor.runSync(processor.parse(markdown))
}

/** Changes the tree. `plugins` come after the house style. */
export function treeToHtml(tree: Root, style: HouseStyle, plugins: PluggableList = []): string {
  const styler = unified().use(rehypeHouseStyle, style).use(plugins).freeze()
  return unified()
    .use(rehypeStringify)
    .stringify(styler.runSync(tree) as Root)
}
