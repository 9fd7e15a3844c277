import type { Element, ElementContent, Root as HtmlRoot, RootContent } from 'hast'
import type { Link, Root } from 'mdast'
import rehypeParse from 'rehype-parse'
import rehypeRemark from 'rehype-remark'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { SKIP, visit } from 'unist-util-visit'
import { stripTrackers } from './story-url.ts'
import { stripTags } from './strip-tags.ts'
import { markScripts } from './superscripts.ts'

/** More of a story than this says nothing that the beginning does not. */
const maxLength = 200_000
const maxNesting = 200
/** In characters, for tags: a story's link or picture needs a few hundred. */
const maxTagLength = 2000
/** In characters, for texts within the tree. */
const maxTextLength = 500

/** What the import of a whole site asks for; a story of a feed has none of it. */
export type ConversionOptions = {
  /** Changes the tree before anything is dropped from it. */
  prepare?: (tree: HtmlRoot) => void
  /** Keeps pictures, titles, and every address as it is written. */
  keepsReferences?: boolean
  /** Receives what is cut because it is too long or too deep: a phrase for people. */
  onCut?: (what: string) => void
  /** In UTF-16 units. */
  maxLength?: number
}

const converter = unified()
  .use(rehypeParse, { fragment: true })
  .use(() => runPrepare)
  .use(() => flattenCells)
  .use(() => dropEmptyElements)
  .use(rehypeRemark)
  .use(() => cleanTree)
  .use(() => splitLongTexts)
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', emphasis: '_', rule: '-' })

/**
 * A story's HTML as Markdown: paragraphs, headings, lists, tables, quotations and links. Pictures,
 * scripts, frames, forms and raw HTML are left out; links are absolute, http, and track nobody; a link
 * without text is left out, raised and lowered figures become text (`markScripts`).
 * `base` resolves relative links. What is nested absurdly deep comes as plain text.
 */
export function htmlToMarkdown(
  html: string,
  base: string | undefined,
  options: ConversionOptions = {},
): string {
  const { maxLength: most = maxLength, onCut } = options
  if (html.length > most) onCut?.(`${html.length - most} characters at the end`)
  const short = markScripts(dropLongTags(html.slice(0, most), onCut))
  if (isTooDeep(short)) {
    onCut?.('all markup: it is nested too deeply')
    return toText(short)
  }
  const file = converter.processSync({ value: short, data: { base, options } })
  return String(file)
    .replace(/^&#x20;/gm, '')
    .replace(/&#x20;|\u00a0/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/**
 * Drops tags with more attributes than anybody writes, which the parser compares with each other, and
 * what stands behind a tag that never ends, as HTML has it.
 */
function dropLongTags(html: string, onCut: ConversionOptions['onCut']): string {
  const opening = /<[a-z/!?]/gi
  let kept = ''
  let end = 0
  for (let match = opening.exec(html); match; match = opening.exec(html)) {
    const close = html.indexOf('>', match.index)
    const isComment = html.startsWith('<!--', match.index)
    if (close === -1) {
      onCut?.(`a tag that never ends, and what follows it: ${html.slice(match.index)}`)
      return kept + html.slice(end, match.index)
    }
    if (close - match.index > maxTagLength && !isComment) {
      onCut?.(`a tag of ${close - match.index} characters: ${html.slice(match.index, close)}`)
      kept += html.slice(end, match.index)
      end = close + 1
    }
    opening.lastIndex = close + 1
  }
  return kept + html.slice(end)
}

const empty = 'br|img|hr|input|meta|link|wbr|source'
/** Closed by the next of their kind, but not inside of SVG and MathML. */
const selfClosing = 'p|li|td|tr|th'

/** An upper bound: elements opened and not closed so far. */
function isTooDeep(html: string): boolean {
  const isForeign = /<(?:svg|math)\b/i.test(html)
  const flat = new RegExp(`^(?:${isForeign ? empty : `${empty}|${selfClosing}`})$`, 'i')
  const open = new Map<string, number>()
  let depth = 0
  for (const [, slash, written = ''] of html.matchAll(/<(\/?)([a-z][^\s/<>]*)[^<>]*>/gi)) {
    const name = written.toLowerCase()
    if (flat.test(name)) continue
    const count = open.get(name) ?? 0
    // An end tag that closes nothing makes nothing less deep.
    if (slash && count === 0) continue
    open.set(name, count + (slash ? -1 : 1))
    depth += slash ? -1 : 1
    if (depth > maxNesting) return true
  }
  return false
}

/**
 * The stringifier compares every character that it escapes with all others of a text: long texts are
 * cut into pieces, which look the same.
 */
function splitLongTexts(tree: Root): void {
  visit(tree, 'text', (node, index, parent) => {
    if (!parent || index === undefined || node.value.length <= maxTextLength) return undefined
    const pieces = listPieces(node.value).map((value) => ({ type: 'text' as const, value }))
    parent.children.splice(index, 1, ...pieces)
    return [SKIP, index + pieces.length]
  })
}

function listPieces(text: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + maxTextLength, text.length)
    // Not between the halves of a character.
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end += 1
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

function toText(html: string): string {
  return stripTags(html, ' ').replace(/[<>]/g, '').replace(/\s+/g, ' ').trim()
}

const optionsOf = (file: { data: Record<string, unknown> }) =>
  (file.data.options ?? {}) as ConversionOptions

function runPrepare(tree: HtmlRoot, file: { data: Record<string, unknown> }): void {
  optionsOf(file).prepare?.(tree)
}

/** Elements that begin and end a line of their own. */
export const blocks: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hr iframe li main nav noscript ol p pre section style script summary table ul video audio'
  ).split(' '),
)

/** Blocks as one line of text: each followed by a space. */
export function toInline(nodes: ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node]
    if (!blocks.has(node.tagName)) return [{ ...node, children: toInline(node.children) }]
    return [...toInline(node.children), { type: 'text', value: ' ' }]
  })
}

/** A cell of a Markdown table is one line. Cells that hold a table are left to the converter. */
function flattenCells(tree: HtmlRoot): void {
  visit(tree, 'element', (node) => {
    if (node.tagName !== 'td' && node.tagName !== 'th') return undefined
    let hasTable = false
    visit(node, 'element', ({ tagName }) => {
      hasTable ||= tagName === 'table'
    })
    if (hasTable) return undefined
    node.children = toInline(node.children)
    return SKIP
  })
}

function cleanTree(tree: Root, file: { data: Record<string, unknown> }): void {
  if (optionsOf(file).keepsReferences) return
  const base = typeof file.data.base === 'string' ? file.data.base : undefined
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return undefined
    if (node.type === 'image' || node.type === 'imageReference' || node.type === 'html') {
      parent.children.splice(index, 1)
      return [SKIP, index]
    }
    if (node.type !== 'link') return undefined
    const url = stripTrackers(URL.parse(node.url, base)?.href ?? '')
    if (url !== undefined && saysSomething(node)) {
      node.url = url
      node.title = undefined
      return undefined
    }
    parent.children.splice(index, 1, ...node.children)
    return [SKIP, index]
  })
}

/** Whether a link is left with text when its pictures are gone. */
function saysSomething(link: Link): boolean {
  let text = ''
  visit(link, ['text', 'inlineCode'], (node) => {
    if ('value' in node) text += node.value
  })
  return text.trim() !== ''
}

/** Elements that say nothing to readers of Markdown, with all that is in them. */
export const droppedElements: ReadonlySet<string> = new Set(
  (
    'area audio base basefont canvas datalist dialog embed frame frameset head iframe img link math meta ' +
    'noembed noframes noscript object param picture rp script source style svg template title track video'
  ).split(' '),
)

/** Elements that say something without content. */
const meaningful = new Set('br hr input td th tr table'.split(' '))

/**
 * Drops comments, pictures, scripts and elements without text from a tree, and joins texts that have
 * become neighbours. White space is collapsed by looking from every node to the next that shows
 * something: rows of nodes that show nothing would make that slow.
 */
function dropEmptyElements(tree: HtmlRoot, file: { data: Record<string, unknown> }): void {
  const { keepsReferences = false } = optionsOf(file)
  tree.children = dropEmpty<RootContent>(tree.children, keepsReferences)
}

function dropEmpty<Node extends RootContent | ElementContent>(
  nodes: Node[],
  keepsPictures: boolean,
): Node[] {
  const kept: Node[] = []
  for (const node of nodes) {
    for (const one of toMeaningful(node, keepsPictures)) {
      const last = kept.at(-1)
      if (last?.type === 'text' && one.type === 'text') last.value += one.value
      else kept.push(one as Node)
    }
  }
  return kept
}

function toMeaningful(
  node: RootContent | ElementContent,
  keepsPictures: boolean,
): (RootContent | ElementContent)[] {
  if (node.type === 'text') return [node]
  if (node.type !== 'element' || isDropped(node, keepsPictures)) return []
  if (node.tagName === 'img') return [node]
  node.children = dropEmpty<ElementContent>(node.children, keepsPictures)
  return meaningful.has(node.tagName) || !isBlank(node) ? [node] : node.children
}

const isDropped = ({ tagName }: Element, keepsPictures: boolean) =>
  droppedElements.has(tagName) && !(keepsPictures && tagName === 'img')

function isBlank({ children }: Element): boolean {
  return children.every((child) => child.type === 'text' && child.value.trim() === '')
}
