import type { Root } from 'mdast'
import rehypeParse from 'rehype-parse'
import rehypeRemark from 'rehype-remark'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { SKIP, visit } from 'unist-util-visit'
import { stripTrackers } from './strip-trackers.ts'

/** More of a story than this says nothing that the beginning does not. */
const maxLength = 200_000
const maxNesting = 200

const converter = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeRemark)
  .use(() => cleanTree)
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', emphasis: '_', rule: '-' })

/**
 * A story's HTML as Markdown: paragraphs, headings, lists, tables, quotations and links. Pictures,
 * scripts, frames, forms and raw HTML are left out; links are absolute, http, and track nobody.
 * `base` resolves relative links. What is nested absurdly deep comes as plain text.
 */
export function htmlToMarkdown(html: string, base: string | undefined): string {
  const short = html.slice(0, maxLength)
  if (isTooDeep(short)) return toText(short)
  const file = converter.processSync({ value: short, data: { base } })
  return String(file)
    .replace(/^&#x20;/gm, '')
    .replace(/&#x20;|\u00a0/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** An upper bound: tags opened and not closed so far. */
function isTooDeep(html: string): boolean {
  let depth = 0
  for (const [tag, slash] of html.matchAll(/<(\/?)[a-z][^>]*>/gi)) {
    if (!/^<(br|img|hr|input|meta|link|p|li|td|tr|th|wbr|source)\b/i.test(tag))
      depth += slash ? -1 : 1
    if (depth > maxNesting) return true
  }
  return false
}

function toText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/[<>]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function cleanTree(tree: Root, file: { data: Record<string, unknown> }): void {
  const base = typeof file.data.base === 'string' ? file.data.base : undefined
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return undefined
    if (node.type === 'image' || node.type === 'imageReference' || node.type === 'html') {
      parent.children.splice(index, 1)
      return [SKIP, index]
    }
    if (node.type !== 'link') return undefined
    const url = stripTrackers(URL.parse(node.url, base)?.href ?? '')
    if (url !== undefined && node.children.length > 0) {
      node.url = url
      node.title = undefined
      return undefined
    }
    parent.children.splice(index, 1, ...node.children)
    return [SKIP, index]
  })
}
