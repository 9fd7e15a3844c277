import type { Element, ElementContent, Parents, Root } from 'hast'
import { toString as toText } from 'hast-util-to-string'
import rehypeRaw from 'rehype-raw'
import { visit } from 'unist-util-visit'
import { visitParents } from 'unist-util-visit-parents'
import {
  allowedElements,
  attributes,
  droppedWhole,
  meaningless,
  rawTextElements,
  replacedBy,
  selfEnding,
  unwrapped,
  voidElements,
} from './allowed-html.ts'
import type { BodyFinding } from './clean-body.ts'

type Report = (finding: BodyFinding) => void
type VFile = Parameters<ReturnType<typeof rehypeRaw>>[1]

/**
 * Parses the HTML of a body, as browsers would, before the sanitiser decides. What HTML does not know
 * (`Vec<T>`, `<your name>`) and what is never closed is text, printed as written; of components and of
 * elements that pages cannot have, the text stays and the tag goes. Each is reported.
 * A body without HTML goes through untouched but for links in links, which become text.
 */
export function rehypeRawHtml(report?: Report) {
  const parse = rehypeRaw()
  return (tree: Root, file: VFile): Root => {
    flattenLinks(tree)
    if (!hasRaw(tree)) return tree
    prepareRaw(tree, report)
    const parsed = parse(tree, file)
    replaceElements(parsed, report)
    flattenLinks(parsed)
    return parsed
  }
}

function hasRaw(tree: Root): boolean {
  let found = false
  visit(tree, (node) => {
    if (node.type === 'raw') found = true
  })
  return found
}

/** A link, or a footnote's mark, inside a link is the text that it shows. */
function flattenLinks(tree: Root): void {
  visitParents(tree, 'element', (element, ancestors) => {
    if (element.tagName !== 'a') return
    const isInside = ancestors.some((node) => node.type === 'element' && node.tagName === 'a')
    if (!isInside) return
    const { id } = element.properties
    element.tagName = 'span'
    // The way back from a footnote still leads here.
    element.properties = id === undefined ? {} : { id }
  })
}

const known = new Set([
  ...allowedElements,
  ...droppedWhole,
  ...Object.keys(replacedBy),
  ...unwrapped,
])
const tag = new RegExp(`<(/?)([a-z][^\\s<>/"']{0,100})(${attributes})>`, 'gi')

type RawNode = { value: string; position?: { start: { line: number } } | undefined }
type Tag = { name: string; isEnd: boolean; hasPartner: boolean }

/**
 * Turns tags that are no HTML, and those that are never closed, into the text that they were, and takes
 * out those after which browsers read on without looking for tags.
 */
function prepareRaw(tree: Root, report: Report | undefined): void {
  const nodes: RawNode[] = []
  visit(tree, 'raw', (node: RawNode) => {
    nodes.push(node)
  })
  const tags = nodes.flatMap(({ value }) =>
    Array.from(value.matchAll(tag), ([, slash, name = '']): Tag => {
      return { name: name.toLowerCase(), isEnd: slash === '/', hasPartner: false }
    }),
  )
  pair(tags)
  const hasTable = tags.some(({ name }) => name === 'table')
  let next = 0
  for (const node of nodes) {
    const { value, position } = node
    node.value = value.replace(tag, (written, _slash, _name, rest: string, at: number) => {
      const one = tags[next] ?? { name: '', isEnd: false, hasPartner: false }
      next += 1
      const line = (position?.start.line ?? 1) + value.slice(0, at).split('\n').length - 1
      return replaceTag(one, written, rest.trim() === '', hasTable, (expected) => {
        const found = JSON.stringify(written.length > 60 ? `${written.slice(0, 59)}…` : written)
        report?.({ severity: 'warning', line, found, expected })
      })
    })
  }
}

/** Finds the end tag of each start tag, the last one that is open first. */
function pair(tags: Tag[]): void {
  const open = new Map<string, Tag[]>()
  for (const one of tags) {
    const waiting = open.get(one.name) ?? []
    if (!one.isEnd) open.set(one.name, [...waiting.slice(-99), one])
    const start = one.isEnd ? waiting.pop() : undefined
    if (start) start.hasPartner = one.hasPartner = true
  }
}

function replaceTag(
  { name, isEnd, hasPartner }: Tag,
  written: string,
  isBare: boolean,
  hasTable: boolean,
  warn: (expected: string) => void,
): string {
  const isHtml = known.has(name)
  const mayStandAlone = voidElements.includes(name) || selfEnding.includes(name)
  if (isBare && !hasPartner && !mayStandAlone && !(isEnd && isHtml)) {
    warn(`${isHtml ? `</${name}> after it` : 'HTML'}, or \`code\`; it is printed as written`)
    return written.replaceAll('<', '&lt;')
  }
  if (!isHtml) {
    if (!isEnd) warn(unwrapping)
    // A component that stands alone must not become the parent of all that follows.
    return hasPartner ? `<${isEnd ? '/' : ''}span>` : ' '
  }
  // Where they are not allowed, browsers leave out these tags, and words would run together.
  if ((name in homes && !hasTable) || unwrapped.includes(name)) {
    if (!rawTextElements.includes(name)) return ` ${written}`
    if (!isEnd && !meaningless.includes(name)) warn(unwrapping)
    return ' '
  }
  return rawTextElements.includes(name) ? '' : written
}

const unwrapping = 'Markdown or harmless HTML; only what stands in it is printed'

/** Elements that pages do not have become harmless ones, or what stands in them. */
function replaceElements(tree: Root, report: Report | undefined): void {
  visit(tree, 'element', (element, index, parent) => {
    if (!parent || index === undefined) return
    const { tagName, properties } = element
    const warn = (found: string, expected: string) => {
      const line = element.position?.start.line ?? 1
      report?.({ severity: 'warning', line, found: JSON.stringify(found), expected })
    }
    const replacement = replacedBy[tagName]
    if (replacement !== undefined) element.tagName = replacement
    if (tagName === 'a' && typeof properties.name === 'string') properties.id ??= properties.name
    const handler = Object.keys(properties).find((name) => /^on[A-Z]/.test(name))
    if (handler) warn(`${tagName} ${handler.toLowerCase()}=…`, 'no scripts; it is left out')
    if (tagName === 'input' && properties.type !== 'checkbox') {
      const text = [properties.value, properties.placeholder].filter(Boolean).join(' ')
      warn(text === '' ? '<input>' : `<input> "${text}"`, 'text; form fields are left out')
      parent.children.splice(index, 1)
      return index
    }
    if (tagName === 'img' && !isUsable(properties.src)) {
      const src = typeof properties.src === 'string' ? properties.src.slice(0, 60) : ''
      warn(src === '' ? '<img>' : src, 'a picture in content/media or an https address')
    }
    if (isOrphan(element, parent)) {
      element.tagName = ['td', 'th', 'tr'].includes(tagName) ? 'div' : 'span'
      element.properties = {}
    }
    if (!unwrapped.includes(tagName) && !droppedWhole.includes(tagName)) return
    if (droppedWhole.includes(tagName)) {
      warn(`<${tagName}>`, 'Markdown or harmless HTML; it is left out')
      parent.children.splice(index, 1)
      return index
    }
    if (!meaningless.includes(tagName)) {
      const address = String(properties.src ?? properties.value ?? '').slice(0, 60)
      warn(address === '' ? `<${tagName}>` : `<${tagName}> ${address}`, unwrapping)
    }
    element.tagName = 'span'
    element.properties = {}
  })
}

const isUsable = (src: unknown) => typeof src === 'string' && !/^(?:data|file|blob):/i.test(src)

const homes: Record<string, string[]> = {
  td: ['tr'],
  th: ['tr'],
  tr: ['tbody', 'thead', 'tfoot', 'table'],
  tbody: ['table'],
  thead: ['table'],
  tfoot: ['table'],
  caption: ['table'],
  colgroup: ['table'],
}

/** A part of a table outside of one: the sanitiser would let its words run into each other. */
function isOrphan({ tagName }: Element, parent: Parents): boolean {
  const home = homes[tagName]
  return home !== undefined && !(parent.type === 'element' && home.includes(parent.tagName))
}

/** Elements before and after which a word ends. */
const blocks = new Set([
  ...['blockquote', 'br', 'caption', 'dd', 'details', 'div', 'dl', 'dt', 'figcaption', 'figure'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p', 'pre', 'section', 'summary'],
  ...['table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul'],
])

/**
 * The words of a sanitised body, as its page shows them: alt texts in the place of pictures, `10^18`
 * for raised figures, and neither footnote marks nor addresses that stand for themselves. White space
 * is collapsed to single spaces.
 */
export function toWords(tree: Root): string {
  const parts: string[] = []
  const add = (node: Root | ElementContent | Root['children'][number]): void => {
    if (node.type === 'text') parts.push(node.value)
    if (node.type === 'root') node.children.forEach(add)
    if (node.type !== 'element') return
    const { tagName, properties } = node
    if (tagName === 'img') parts.push(String(properties.alt ?? ''))
    if (isFootnoteMark(node) || (tagName === 'a' && isBareAddress(node))) {
      parts.push(' ')
      return
    }
    const isBlock = blocks.has(tagName)
    if (isBlock) parts.push(' ')
    const text = tagName === 'sup' || tagName === 'sub' ? toText(node) : ''
    const last = parts.at(-1)?.at(-1) ?? ''
    if (tagName === 'sup' && /^[+−-]?[\d.,]+$/.test(text) && /[\p{L}\p{N})]/u.test(last)) {
      parts.push('^')
    }
    // H2O is one word; 0.0₆42 must not become 0.0642.
    if (tagName === 'sub' && /^\d+$/.test(text) && /\d/.test(last)) {
      parts.push([...text].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join(''))
      return
    }
    node.children.forEach(add)
    if (isBlock) parts.push(' ')
  }
  add(tree)
  return parts.join('').replace(/[\s]+/g, ' ').trim()
}

function isFootnoteMark({ tagName, properties }: Element): boolean {
  if (tagName === 'a') return 'dataFootnoteRef' in properties || 'dataFootnoteBackref' in properties
  return tagName === 'h2' && properties.id === 'footnote-label'
}

function isBareAddress(element: Element): boolean {
  const text = toText(element)
  return /^(?:https?:\/\/|www\.|mailto:)\S+$/i.test(text) && !/\s/.test(text)
}
