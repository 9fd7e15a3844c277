import type { Element, ElementContent, Parents, Root } from 'hast'
import { toString as toText } from 'hast-util-to-string'
import { SKIP, visit } from 'unist-util-visit'
import { toSegment } from '#lib/site/segment.ts'

/** A heading of the body, for a table of contents. `depth` is 2 or 3. */
export type Heading = { id: string; text: string; depth: number }

export type HouseStyle = {
  /** Our own origin: links there are not outside links. */
  siteUrl: string
  /** The words that the markup needs, in the article's language. */
  words: {
    table: string
    taskDone: string
    taskOpen: string
    image: string
    imageOf: (alt: string) => string
  }
  /** Where a link or a picture with a site-relative path really leads. */
  resolvePath: (path: string) => string
  /** What an `<img>` loads for a picture of ours; undefined for one that is not known. */
  toPicture?: (path: string) =>
    | {
        src: string
        srcSet: string | undefined
        sizes: string | undefined
        width: number
        height: number
      }
    | undefined
  /** Makes what sets the text of one block; nothing is set without it, and never code. */
  typesetter?: () => (text: string) => string
  /** Receives every heading down to depth 3, in order. */
  onHeading?: (heading: Heading) => void
}

/**
 * Brings sanitised Markdown into the form of our pages and feeds: headings below the page's own
 * title and with ids, outside links that pass on no reputation, tables that scroll by keyboard,
 * tasks described in words, and no picture from a stranger's host: it becomes a link.
 */
export function rehypeHouseStyle(style: HouseStyle) {
  return (tree: Root): void => {
    const takenIds = new Set<string>()
    const { typesetter } = style
    visit(tree, 'element', (element, index, parent) => {
      if (!parent || index === undefined) return
      const depth = headingDepth(element)
      if (depth !== undefined) styleHeading(element, depth, takenIds, style)
      if (typesetter && textBlocks.has(element.tagName)) setText(element, typesetter())
      if (depth !== undefined) return
      if (element.tagName === 'a') return styleLink(element, style)
      if (element.tagName === 'pre') {
        element.properties.tabIndex = 0 // It scrolls, so the keyboard must be able to reach it.
        return
      }
      if (element.tagName === 'img') {
        parent.children[index] = stylePicture(element, style)
        return SKIP
      }
      if (element.tagName === 'input') {
        parent.children[index] = styleTask(element, style)
        return SKIP
      }
      if (element.tagName === 'table' && !isScrollRegion(parent)) {
        parent.children[index] = styleTable(element, style)
        return index // Once more: now for what is inside the region.
      }
    })
  }
}

/** Elements that hold lines of text. */
const textBlocks = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'li', 'td', 'th'])

/** Sets all text of a block but what is code, and but the blocks in it, which come by themselves. */
function setText(parent: Element, set: (text: string) => string): void {
  for (const child of parent.children) {
    if (child.type === 'text') child.value = set(child.value)
    else if (child.type === 'element') {
      const { tagName } = child
      if (tagName === 'code') set(toText(child))
      else if (tagName !== 'pre' && !textBlocks.has(tagName)) setText(child, set)
    }
  }
}

function headingDepth({ tagName }: Element): number | undefined {
  const digit = /^h([1-6])$/.exec(tagName)?.[1]
  return digit === undefined ? undefined : Number(digit)
}

/** The page's title is its only `h1`. Ids that the framework of footnotes has set stay. */
function styleHeading(
  element: Element,
  depth: number,
  takenIds: Set<string>,
  { onHeading, typesetter }: HouseStyle,
): void {
  element.tagName = `h${Math.max(2, depth)}`
  if (element.properties.id !== undefined) return
  const text = toText(element).trim()
  const base = toSegment(text) || 'section'
  let id = base
  for (let number = 2; takenIds.has(id); number += 1) id = `${base}-${number}`
  takenIds.add(id)
  element.properties.id = id
  const shown = typesetter ? typesetter()(text) : text
  if (depth <= 3 && text) onHeading?.({ id, text: shown, depth: Math.max(2, depth) })
}

function styleLink(element: Element, { siteUrl, resolvePath }: HouseStyle): void {
  const { href } = element.properties
  if (typeof href !== 'string') return
  if (isSitePath(href)) element.properties.href = resolvePath(href)
  else if (/^(https?:)?\/\//i.test(href) && originOf(href) !== siteUrl) {
    element.properties.rel = ['nofollow', 'noopener']
  }
}

function stylePicture(element: Element, { words, resolvePath, toPicture }: HouseStyle): Element {
  // `media/a.png` is written as in the content folder, wherever the text is read.
  const src = String(element.properties.src ?? '').replace(/^(?:\.\/)?media\//, '/media/')
  const alt = String(element.properties.alt ?? '')
  if (isSitePath(src)) {
    return {
      ...element,
      properties: {
        src: resolvePath(src),
        ...toPicture?.(src),
        alt,
        loading: 'lazy',
        decoding: 'async',
      },
    }
  }
  const label: ElementContent = { type: 'text', value: alt ? words.imageOf(alt) : words.image }
  if (originOf(src) === undefined) return wrap('span', {}, [label])
  return wrap('a', { href: src, rel: ['nofollow', 'noopener'] }, [label])
}

/** A checkbox that nobody can check says in words what it shows. */
function styleTask({ properties }: Element, { words }: HouseStyle): Element {
  const isDone = Boolean(properties.checked)
  return wrap(
    'span',
    { className: ['task'], role: 'img', ariaLabel: isDone ? words.taskDone : words.taskOpen },
    [{ type: 'text', value: isDone ? '☑' : '☐' }],
  )
}

/** A wide table scrolls inside a region that the keyboard can reach. */
function styleTable(table: Element, { words }: HouseStyle): Element {
  return wrap(
    'div',
    { className: ['table-scroll'], role: 'region', ariaLabel: words.table, tabIndex: 0 },
    [table],
  )
}

const isScrollRegion = (parent: Parents) =>
  parent.type === 'element' && parent.properties.role === 'region'

const wrap = (
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[],
): Element => ({ type: 'element', tagName, properties, children })

const isSitePath = (url: string) => /^\/(?![/\\])/.test(url)

function originOf(url: string): string | undefined {
  try {
    return new URL(url, 'https://relative.invalid').origin
  } catch {
    return undefined
  }
}
