import type { Root } from 'hast'
import rehypeStringify from 'rehype-stringify'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { type PluggableList, unified } from 'unified'
import { type FootnoteWords, markdownOptions } from './markdown-options.ts'
import { remarkParseInPieces } from './parse-in-pieces.ts'
import { type HouseStyle, rehypeHouseStyle } from './rehype-house-style.ts'

/** A body as HTML in our house style. */
export function markdownToHtml(markdown: string, style: HouseStyle, words: FootnoteWords): string {
  return treeToHtml(markdownToTree(markdown, words), style)
}

/** A body as the markup that it may become, before our house style. */
export function markdownToTree(markdown: string, words: FootnoteWords): Root {
  const { remarkPlugins, remarkRehypeOptions, rehypePlugins } = markdownOptions(words)
  const processor = unified()
    .use(remarkParse)
    .use(remarkPlugins)
    .use(remarkParseInPieces)
    .use(remarkRehype, remarkRehypeOptions)
    .use(rehypePlugins)
  return processor.runSync(processor.parse(markdown))
}

/** Changes the tree. `plugins` come after the house style. */
export function treeToHtml(tree: Root, style: HouseStyle, plugins: PluggableList = []): string {
  const styler = unified().use(rehypeHouseStyle, style).use(plugins).freeze()
  return unified()
    .use(rehypeStringify)
    .stringify(styler.runSync(tree) as Root)
}
