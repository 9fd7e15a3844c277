import type { Nodes } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { SKIP, visit } from 'unist-util-visit'
import { parsePage } from '#lib/content/page.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import { toSegment } from '#lib/site/segment.ts'
import { convertHtml } from './convert-html.ts'
import { convertMarkdown } from './convert-markdown.ts'
import type { ImportedBody, LossNote } from './imported-post.ts'

/**
 * An address in a Markdown text, where it stands: from the first to behind the last character of it.
 * `line` counts from 1 in the text. `isHtml`: it is the value of an attribute in quotes. `marks`: the
 * pieces around the words of a link, without which there is no link.
 */
export type Reference = {
  kind: 'link' | 'picture'
  from: number
  to: number
  address: string
  line: number
  isHtml: boolean
  marks?: [from: number, to: number][]
}

export type ConvertedBody = {
  markdown: string
  references: Reference[]
  /** Pictures that stood in the text itself, as base64: the address `embedded:0` names the first. */
  embedded: string[]
  /** Ids that the site gives the headings; links within the page lead to them. */
  headingIds: string[]
  losses: LossNote[]
}

/**
 * A body of another tool → Markdown of ours, with every address that stands in it and every loss. The
 * addresses are still those of the old site. Takes time that depends on a stranger's text: call it in
 * a worker.
 */
export function convertBody(body: ImportedBody): ConvertedBody {
  const embedded: string[] = []
  const text = body.text.replace(embeddedPicture, (_whole, base64: string) => {
    embedded.push(base64.replace(/\s/g, ''))
    return `embedded:${embedded.length - 1}`
  })
  const convert = body.format === 'html' ? convertHtml : convertMarkdown
  const { markdown, losses } = convert({ ...body, text })
  const references = listReferences(markdown)
  return { markdown, losses, embedded, references, headingIds: listHeadingIds(markdown) }
}

/** One text to convert, or one written file to read as the site will. */
export type ConvertRequest =
  | { convert: ImportedBody }
  | { read: { kind: 'article' | 'page'; path: string; text: string } }
export type ConvertAnswer = { converted: ConvertedBody } | { problems: Problem[] }

/** Runs in a thread of its own, because converting a hostile text may never end. */
export function convertOrRead(request: ConvertRequest): ConvertAnswer {
  if ('convert' in request) return { converted: convertBody(request.convert) }
  const { kind, path, text } = request.read
  const file = { path, bytes: new TextEncoder().encode(text) }
  try {
    return { problems: kind === 'page' ? parsePage(file).warnings : parseArticle(file).warnings }
  } catch (error) {
    if (error instanceof InvalidArticleError) return { problems: error.problems }
    throw error
  }
}

const embeddedPicture = /data:image\/[a-z+.-]{1,20};base64,([A-Za-z0-9+/=]{40,})/g

const parser = unified().use(remarkParse).use(remarkGfm)

/** As `rehypeHouseStyle` makes them. */
function listHeadingIds(markdown: string): string[] {
  const ids = new Set<string>()
  visit(parser.parse(markdown), 'heading', (heading) => {
    let text = ''
    visit(heading, (node) => {
      if (node.type === 'text' || node.type === 'inlineCode') text += node.value
    })
    const base = toSegment(text.trim()) || 'section'
    let id = base
    for (let number = 2; ids.has(id); number += 1) id = `${base}-${number}`
    ids.add(id)
  })
  return [...ids]
}

/** Every link, picture and definition of a Markdown text, and those in its raw HTML, in order. */
export function listReferences(markdown: string): Reference[] {
  const references: Reference[] = []
  const add = (node: Nodes, found: Omit<Reference, 'line'>) =>
    references.push({ ...found, line: (node.position?.start.line ?? 1) as number })
  visit(parser.parse(markdown), (node) => {
    const start = node.position?.start.offset
    const end = node.position?.end.offset
    if (start === undefined || end === undefined) return undefined
    const source = markdown.slice(start, end)
    if (node.type === 'html') {
      for (const one of listHtmlReferences(source)) {
        add(node, { ...one, from: start + one.from, to: start + one.to, isHtml: true })
      }
      return undefined
    }
    if (node.type === 'definition') {
      const found = /^\s{0,3}\[(?:\\.|[^\\\]])*\]:\s*(?:<([^>\n]*)>|(\S+))/.exec(source)
      addFound(found, node.url, 'link')
      return undefined
    }
    if (node.type === 'link') {
      // What stands between the brackets can hold brackets; the address begins behind the last child.
      const inside = (node.children.at(-1)?.position?.end.offset ?? start + 1) - start
      const found = /^\]\(\s*(?:<([^>\n]*)>|([^\s]+))/.exec(source.slice(inside))
      if (!found) return undefined
      addFound(found, node.url, 'link', inside)
      const first = node.children[0]?.position?.start.offset ?? start + 1
      const last = references.at(-1)
      if (last) {
        last.marks = [
          [start, first],
          [start + inside, end],
        ]
      }
      return undefined
    }
    if (node.type === 'image') {
      const at = source.lastIndexOf('](')
      const found = at === -1 ? null : /^\]\(\s*(?:<([^>\n]*)>|([^\s]+))/.exec(source.slice(at))
      addFound(found, node.url, 'picture', at)
      return SKIP
    }
    return undefined

    function addFound(
      found: RegExpExecArray | null,
      address: string,
      kind: Reference['kind'],
      offset = 0,
    ): void {
      if (!found || start === undefined || node.type === 'root') return
      const [whole, angled, plain = ''] = found
      // A plain destination is followed by a parenthesis or a title, and may hold balanced ones.
      const written = angled ?? trimDestination(plain, node.type === 'definition')
      const tail = angled === undefined ? plain.length : written.length + 1
      const from = start + offset + found.index + whole.length - tail
      add(node as Nodes, { kind, from, to: from + written.length, address, isHtml: false })
    }
  })
  return references.sort((a, b) => a.from - b.from)
}

function trimDestination(text: string, isDefinition: boolean): string {
  if (isDefinition) return text
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '(') depth += 1
    else if (text[at] === ')') {
      if (depth === 0) return text.slice(0, at)
      depth -= 1
    }
  }
  return text
}

function listHtmlReferences(html: string) {
  return Array.from(
    html.matchAll(/<(a|img)\b[^<>]*?\s(href|src)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')/gi),
    (match) => {
      const address = match[3] ?? match[4] ?? ''
      const to = match.index + match[0].length - 1
      const kind = match[1]?.toLowerCase() === 'img' ? ('picture' as const) : ('link' as const)
      return { kind, address: decodeAmp(address), from: to - address.length, to, line: 1 }
    },
  )
}

const decodeAmp = (text: string) => text.replaceAll('&amp;', '&')

/** The text with other addresses. Undefined: it stays as it is; `unlink`: only the words stay. */
export function replaceReferences(
  markdown: string,
  references: Reference[],
  addresses: (string | 'unlink' | undefined)[],
): string {
  const splices = references.flatMap(({ from, to, isHtml, marks }, index) => {
    const address = addresses[index]
    if (address === undefined) return []
    if (address === 'unlink') return (marks ?? []).map(([a, b]) => ({ from: a, to: b, put: '' }))
    return [{ from, to, put: isHtml ? toAttribute(address) : toDestination(address) }]
  })
  let result = ''
  let at = 0
  for (const { from, to, put } of splices.sort((a, b) => a.from - b.from)) {
    if (from < at) continue
    result += markdown.slice(at, from) + put
    at = to
  }
  return result + markdown.slice(at)
}

/** Valid with and without angle brackets around it. */
const toDestination = (address: string) =>
  address.replace(
    /[\s<>()\\]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  )

const toAttribute = (address: string) =>
  address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
