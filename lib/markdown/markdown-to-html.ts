import rehypeStringify from 'rehype-stringify'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import type { MarkdownOptions } from './markdown-options.ts'

/** A body as an HTML string, for documents that are not React pages: feeds. */
export function markdownToHtml(markdown: string, options: MarkdownOptions): string {
  return String(
    unified()
      .use(remarkParse)
      .use(options.remarkPlugins)
      .use(remarkRehype, options.remarkRehypeOptions)
      .use(options.rehypePlugins)
      .use(rehypeStringify)
      .processSync(markdown),
  )
}
