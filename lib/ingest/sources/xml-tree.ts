import { decodeHTMLStrict } from 'entities'
import { Tokenizer } from 'htmlparser2'
import { FetchFailure } from '../fetch/fetch-failure.ts'

/** An element of a feed. Names are lower case. */
export type XmlElement = {
  /**
   * The usual prefix of its namespace, whatever prefix the document has: `atom:entry`, `dc:creator`.
   * Names of RSS have none; `x:` stands for every namespace that feeds do not need.
   */
  name: string
  attributes: Map<string, string>
  /** The `xml:base` in effect, absolute; undefined where none is declared. */
  base: string | undefined
  children: (XmlElement | string)[]
}

/** A document's root, and what is wrong with the document. */
export type XmlDocument = {
  root: XmlElement | undefined
  /** Its end is missing. */
  isCut: boolean
  /** The last story has no end: its text may be half a text. */
  hasCutStory: boolean
  notes: string[]
}

const namespaces = new Map(
  Object.entries({
    'http://www.w3.org/2005/atom': 'atom',
    'http://purl.org/atom/ns#': 'atom',
    'http://purl.org/rss/1.0': '',
    'http://purl.org/net/rss1.1#': '',
    'http://my.netscape.com/rdf/simple/0.9': '',
    'http://channel.netscape.com/rdf/simple/0.9': '',
    'http://backend.userland.com/rss': '',
    'http://backend.userland.com/rss2': '',
    'http://backend.userland.com/rss091': '',
    'http://blogs.law.harvard.edu/tech/rss': '',
    'http://www.rssboard.org/rss-specification': '',
    'http://www.w3.org/1999/xhtml': 'xhtml',
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
    'http://purl.org/dc/elements/1.1': 'dc',
    'http://purl.org/dc/elements/1.0': 'dc',
    'http://purl.org/dc/terms': 'dcterms',
    'http://purl.org/rss/1.0/modules/content': 'content',
    'http://purl.org/rss/1.0/modules/dcterms': 'dcterms',
    'http://search.yahoo.com/mrss': 'media',
    'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
    'http://www.pheedo.com/namespace/pheedo': 'pheedo',
    'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  }),
)

/** Prefixes that mean the same in every feed, declared or not. */
const knownPrefixes = new Set([...namespaces.values()].filter((prefix) => prefix !== ''))

/** Deeper elements are read as text of their parents: nothing that feeds need is so deep. */
const maxDepth = 200

/** The start tags of stories: one of them ends the story before it, if that has no end of its own. */
const storyNames = new Set(['item', 'atom:entry'])

type Scope = {
  /** Namespaces by prefix; the empty prefix is the default. */
  prefixes: Map<string, string>
  base: string | undefined
  /** What names without a namespace, or in the root's own unknown one, mean: RSS or Atom. */
  fallback: { prefix: '' | 'atom'; namespace: string | undefined }
}

/**
 * A feed's XML as a tree, in time proportional to its text. Reads what is broken as well as it can: bare
 * ampersands and angle brackets, HTML's named characters, characters that XML does not have, upper
 * case, elements without an end. Entities of the document's own are replaced, up to
 * `maxExpansion` characters in all; beyond that it throws `FetchFailure`. Nothing is fetched.
 */
export function parseXml(text: string, url: string): XmlDocument {
  const { xml, entities, notes } = takeDoctype(escapeStrayBrackets(withoutControls(text)))
  const decode = openDecoder(entities)
  const builder = openBuilder(url)
  let name = ''
  let attribute = ''
  let value = ''
  let attributes = new Map<string, string>()
  const open = () => builder.open(name, attributes)
  // The parser of the same package keeps open elements in a list whose cost grows with its square.
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      onopentagname(start, end) {
        name = xml.slice(start, end).toLowerCase()
        attributes = new Map()
      },
      onattribname(start, end) {
        attribute = xml.slice(start, end).toLowerCase()
        value = ''
      },
      onattribdata(start, end) {
        value += xml.slice(start, end)
      },
      onattribend() {
        if (!attributes.has(attribute)) attributes.set(attribute, decode(value))
      },
      onopentagend: open,
      onselfclosingtag() {
        open()
        builder.close(name)
      },
      onclosetag: (start, end) => builder.close(xml.slice(start, end).toLowerCase().trim()),
      ontext: (start, end) => builder.addText(decode(xml.slice(start, end))),
      oncdata(start, end, endOffset) {
        builder.addText(xml.slice(start, end - endOffset))
      },
      onattribentity() {},
      ontextentity() {},
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  )
  tokenizer.write(xml)
  const { root, hasEnded, hasCutStory } = builder.result()
  return { root, isCut: root !== undefined && !hasEnded, hasCutStory, notes }
}

type OpenElement = { written: string; element: XmlElement; scope: Scope }

/** Builds a tree of elements that are opened and closed by their names as they are written. */
function openBuilder(url: string) {
  const stack: OpenElement[] = []
  /** How many elements of a name are open, those of the stack and those that are too deep for it. */
  const opened = new Map<string, number>()
  const tooDeep = new Map<string, number>()
  let root: XmlElement | undefined
  let hasEnded = false

  function count(names: Map<string, number>, written: string, difference: number): void {
    names.set(written, (names.get(written) ?? 0) + difference)
  }

  function closeTo(length: number): void {
    tooDeep.clear()
    for (const { written } of stack.splice(length)) count(opened, written, -1)
  }

  return {
    open(written: string, attributes: Map<string, string>): void {
      const outer = stack.at(-1)
      if (stack.length >= maxDepth) {
        count(tooDeep, written, 1)
        return
      }
      const scope = toScope(attributes, outer?.scope, url)
      if (!outer) setFallback(written, scope)
      const name = toName(written, scope)
      if (storyNames.has(name)) {
        const before = stack.findIndex(({ element }) => storyNames.has(element.name))
        if (before !== -1) closeTo(before)
      }
      const element: XmlElement = {
        name,
        attributes: withKnownPrefixes(attributes, scope),
        base: scope.base,
        children: [],
      }
      const parent = stack.at(-1)
      if (parent) parent.element.children.push(element)
      else if (root) return
      else root = element
      stack.push({ written, element, scope })
      count(opened, written, 1)
    },
    close(written: string): void {
      if ((tooDeep.get(written) ?? 0) > 0) {
        count(tooDeep, written, -1)
        return
      }
      if ((opened.get(written) ?? 0) === 0) return
      const at = stack.findLastIndex((one) => one.written === written)
      closeTo(at)
      if (at === 0) hasEnded = true
    },
    addText(text: string): void {
      stack.at(-1)?.element.children.push(text)
    },
    result() {
      const hasCutStory = stack.some(({ element }) => storyNames.has(element.name))
      return { root, hasEnded, hasCutStory }
    },
  }
}

/** No document declares more prefixes. */
const maxPrefixes = 100

function toScope(attributes: Map<string, string>, outer: Scope | undefined, url: string): Scope {
  const declared = [...attributes.keys()].filter((name) => /^xmlns(?:$|:)/.test(name))
  const base = attributes.get('xml:base')?.trim()
  if (outer && declared.length === 0 && base === undefined) return outer
  const prefixes = new Map(outer?.prefixes)
  for (const name of declared) {
    if (prefixes.size < maxPrefixes) prefixes.set(name.slice(6), attributes.get(name) ?? '')
  }
  const resolved = base === undefined ? undefined : URL.parse(base, outer?.base ?? url)?.href
  const fallback = outer?.fallback ?? { prefix: '', namespace: undefined }
  return { prefixes, base: resolved ?? outer?.base, fallback }
}

function toName(written: string, { prefixes, fallback }: Scope): string {
  const colon = written.indexOf(':')
  const prefix = colon === -1 ? '' : written.slice(0, colon)
  const local = written.slice(colon + 1)
  const declared = prefixes.get(prefix)?.trim()
  const known = declared === undefined ? undefined : namespaces.get(toNamespaceKey(declared))
  if (known !== undefined) return join(known, local)
  if (prefix !== '') return join(knownPrefixes.has(prefix) ? prefix : 'x', local)
  const isOwn = !declared || declared === fallback.namespace
  return join(isOwn ? fallback.prefix : 'x', local)
}

/** Attributes by the usual prefixes: `rdf:about`, whatever prefix the document has. */
function withKnownPrefixes(attributes: Map<string, string>, scope: Scope): Map<string, string> {
  const isPrefixed = (name: string) => name.includes(':') && !/^xml(?:ns)?:/.test(name)
  if (![...attributes.keys()].some(isPrefixed)) return attributes
  return new Map(
    [...attributes].map(([name, value]) => [isPrefixed(name) ? toName(name, scope) : name, value]),
  )
}

function join(prefix: string, local: string): string {
  return prefix === '' ? local : `${prefix}:${local}`
}

function toNamespaceKey(address: string): string {
  return address.toLowerCase().replace(/\/$/, '')
}

/** What the root says about names that have no known namespace. */
function setFallback(written: string, { prefixes, fallback }: Scope): void {
  const declared = prefixes.get('')?.trim()
  if (declared && !namespaces.has(toNamespaceKey(declared))) fallback.namespace = declared
  if (written.slice(written.indexOf(':') + 1) === 'feed') fallback.prefix = 'atom'
}

/** Without characters that XML does not have. */
function withoutControls(text: string): string {
  return text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}

/** Escapes angle brackets that begin no tag, outside of CDATA: `1 <2`, `x < y`. */
function escapeStrayBrackets(xml: string): string {
  let mended = ''
  let end = 0
  for (;;) {
    const start = xml.indexOf('<![CDATA[', end)
    const close = start === -1 ? -1 : xml.indexOf(']]>', start)
    const before = xml.slice(end, close === -1 ? xml.length : start)
    mended += before.replace(/<(?![a-z_/!?])/gi, '&lt;')
    if (close === -1) return mended
    mended += xml.slice(start, close + 3)
    end = close + 3
  }
}

/** In characters, for all entities of a document together. */
const maxExpansion = 200_000
const maxEntityDepth = 8

/** Takes the document type out of a document, with the entities that it declares. */
function takeDoctype(text: string): {
  xml: string
  entities: Map<string, string>
  notes: string[]
} {
  const entities = new Map<string, string>()
  const from = findDoctype(text)
  if (from === undefined) return { xml: text, entities, notes: [] }
  const end = findDoctypeEnd(text, from + '<!DOCTYPE'.length)
  const subset = text.slice(from, end)
  let isExternal = false
  const declaration = /<!ENTITY\s+([\w.:-]{1,64})\s+(?:"([^"]*)"|'([^']*)'|(SYSTEM|PUBLIC)\b)/gi
  for (const [, name = '', double, single, external] of subset.matchAll(declaration)) {
    if (external) isExternal = true
    else if (!entities.has(name)) entities.set(name, double ?? single ?? '')
  }
  const notes = isExternal ? ['names a file as a part of itself; it was not fetched'] : []
  return { xml: text.slice(0, from) + text.slice(end), entities, notes }
}

/** Where the document type begins, behind comments and instructions; undefined without one. */
function findDoctype(text: string): number | undefined {
  let at = 0
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at += 1
    const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined
    if (close === undefined) break
    const end = text.indexOf(close, at)
    if (end === -1) return undefined
    at = end + close.length
  }
  return /^<!doctype\b/i.test(text.slice(at, at + 10)) ? at : undefined
}

/** Behind the bracket that ends the document type; its subset and its literals have brackets too. */
function findDoctypeEnd(text: string, from: number): number {
  let quote = ''
  let isInSubset = false
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '[') isInSubset = true
    else if (character === ']') isInSubset = false
    else if (character === '>' && !isInSubset) return at + 1
  }
  return text.length
}

/** Replaces references to characters and to the document's own entities. */
function openDecoder(entities: Map<string, string>): (raw: string) => string {
  let left = maxExpansion
  function expand(text: string, depth: number): string {
    return text.replace(/&([\w.:-]{1,64});/g, (reference, name: string) => {
      const value = entities.get(name)
      if (value === undefined) return reference
      left -= value.length
      if (left < 0 || depth >= maxEntityDepth) {
        throw new FetchFailure('has entities that grow beyond what a feed may have', {})
      }
      return expand(value, depth + 1)
    })
  }
  return (raw) => {
    if (!raw.includes('&')) return raw
    const own = entities.size > 0 ? expand(raw, 0) : raw
    return withoutControls(decodeHTMLStrict(own))
  }
}

/** The elements of a name among the children of an element. */
export function findChildren({ children }: XmlElement, name: string): XmlElement[] {
  return children.filter(
    (child): child is XmlElement => typeof child !== 'string' && child.name === name,
  )
}

/** The text of an element without its markup. */
export function toText(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === 'string' ? child : toText(child)))
    .join('')
}

/** Whether an element has elements in it, which is markup that was not escaped. */
export function hasMarkup({ children }: XmlElement): boolean {
  return children.some((child) => typeof child !== 'string')
}

/** The content of an element as HTML; addresses are absolute where an element in it has its own base. */
export function toInnerHtml(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === 'string' ? escapeText(child) : toHtml(child, element.base)))
    .join('')
}

function toHtml(element: XmlElement, base: string | undefined): string {
  const tag = element.name.slice(element.name.indexOf(':') + 1)
  const attributes = [...element.attributes]
    .filter(([name]) => /^[a-z][\w-]*$/.test(name) && name !== 'xmlns')
    .map(([name, value]) => {
      const isAddress = name === 'href' || name === 'src'
      const isOwn = element.base !== undefined && element.base !== base
      const address = isAddress && isOwn ? URL.parse(value, element.base)?.href : undefined
      return ` ${name}="${escapeText(address ?? value).replaceAll('"', '&quot;')}"`
    })
  const isVoid = element.children.length === 0 && /^(?:br|hr|img|wbr|source|input)$/.test(tag)
  const inside = element.children.map((child) =>
    typeof child === 'string' ? escapeText(child) : toHtml(child, base),
  )
  return `<${tag}${attributes.join('')}>${inside.join('')}${isVoid ? '' : `</${tag}>`}`
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
