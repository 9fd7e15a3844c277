import type { Element, ElementContent, Parents, Root } from 'hast'
import { toString as toText } from 'hast-util-to-string'
import { SKIP, visit } from 'unist-util-visit'
import { toSegment } from '#lib/site/segment.ts'
import { readUpdateHeading, toUpdateId } from './live-updates.ts'

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
  /** Of a live story: what its key points are called, and how the time of an update is written. */
  live?:
    | { keyPoints: string; format: (at: string) => string; formatWhole: (at: string) => string }
    | undefined
  /** Where a link with a site-relative path really leads. */
  resolvePath: (path: string) => string
  /** The same for a picture. Left out: `resolvePath` says it. */
  resolvePicture?: (path: string) => string
  /** Makes what sets the text of one block; nothing is set without it, and never code. */
  typesetter?: () => (text: string, kind?: 'literal') => string
  /** Receives every heading down to depth 3, in order. */
  onHeading?: (heading: Heading) => void
}

/**
 * Gives sanitised Markdown the form of our pages and feeds: headings below the page's own
 * title and with ids, outside links that pass on no reputation, tables that scroll by keyboard,
 * tasks described in words, and pictures from other hosts as links. Updates of a live story begin with
 * their time, which links to the update.
 */
export function rehypeHouseStyle(style: HouseStyle) {
  return (tree: Root): void => {
    const takenIds = new Set<string>()
    const outline: number[] = []
    const { typesetter, live } = style
    const times = live ? markUpdates(tree, live) : undefined
    if (live) boxKeyPoints(tree, live.keyPoints)
    visit(tree, 'element', (element, index, parent) => {
      if (!parent || index === undefined) return
      const depth = headingDepth(element)
      if (depth !== undefined) {
        styleHeading(element, toOutlineDepth(depth, outline), takenIds, style)
      } else if (typeof element.properties.id === 'string') takeId(element, takenIds)
      if (typesetter && textBlocks.has(element.tagName)) setText(element, typesetter())
      if (depth !== undefined) {
        const time = times?.get(element)
        if (time) element.children.unshift(time, { type: 'text', value: ' ' })
        return
      }
      if (element.tagName === 'a') {
        printPictures(element, style)
        return styleLink(element, style)
      }
      if (element.tagName === 'pre') {
        element.properties.tabIndex = 0 // A region that scrolls must be reachable by keyboard.
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

/**
 * Takes the instants out of the headings of updates and gives these an id by them. The answer has, by
 * heading, the time that is put before its text once that has been set.
 */
function markUpdates(
  tree: Root,
  { format, formatWhole }: NonNullable<HouseStyle['live']>,
): Map<Element, Element> {
  const times = new Map<Element, Element>()
  const taken = new Map<string, number>()
  for (const element of tree.children) {
    if (element.type !== 'element' || headingDepth(element) !== 2) continue
    const [first] = element.children
    const update = first?.type === 'text' ? readUpdateHeading(first.value) : undefined
    if (!update || first?.type !== 'text') continue
    const id = toUpdateId(update.at, taken)
    first.value = update.title
    element.properties = { ...element.properties, id, className: ['update'] }
    // The time by the clock, and no age: it is what the update says.
    const properties = { dateTime: update.at, title: formatWhole(update.at) }
    const time = wrap('time', properties, [{ type: 'text', value: format(update.at) }])
    times.set(element, wrap('a', { href: `#${id}`, className: ['update-time'] }, [time]))
  }
  return times
}

/** The first list above the updates holds the key points. */
function boxKeyPoints(tree: Root, name: string): void {
  for (const [at, node] of tree.children.entries()) {
    if (node.type !== 'element') continue
    if (headingDepth(node) !== undefined) return
    if (node.tagName !== 'ul') continue
    const title = wrap('p', { className: ['key-points-title'] }, [{ type: 'text', value: name }])
    tree.children[at] = wrap('aside', { className: ['key-points'], ariaLabel: name }, [title, node])
    return
  }
}

/** Elements that hold lines of text. */
const textBlocks = new Set([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'li', 'td', 'th', 'dt', 'dd', 'caption', 'div'],
  ...['figcaption', 'summary'],
])

/** Elements whose text is what a machine reads or writes. */
const literals = new Set(['code', 'kbd', 'samp', 'var'])

/** Sets all text of a block but what is literal, and but the blocks in it, which come by themselves. */
function setText(parent: Element, set: (text: string, kind?: 'literal') => string): void {
  for (const child of parent.children) {
    if (child.type === 'text') child.value = set(child.value)
    else if (child.type === 'element') {
      const { tagName } = child
      if (literals.has(tagName)) set(toText(child), 'literal')
      else if (tagName !== 'pre' && !textBlocks.has(tagName)) setText(child, set)
    }
  }
}

/** The first of several equal ids stays. */
function takeId({ properties }: Element, takenIds: Set<string>): void {
  const id = String(properties.id)
  if (takenIds.has(id)) delete properties.id
  else takenIds.add(id)
}

function headingDepth({ tagName }: Element): number | undefined {
  const digit = /^h([1-6])$/.exec(tagName)?.[1]
  return digit === undefined ? undefined : Number(digit)
}

/**
 * The depth at which a heading stands so that the outline begins at `h2`, because the page's title is
 * its only `h1`, and no level is skipped, whatever the text begins with. `outline` holds the depths as
 * written of the headings that the last one stands below, and its own.
 */
function toOutlineDepth(written: number, outline: number[]): number {
  const depth = Math.max(2, written)
  while ((outline.at(-1) ?? 0) >= depth) outline.pop()
  outline.push(depth)
  return outline.length + 1
}

/** A heading has the id that was written, else one made from its words. The heading of footnotes has its own. */
function styleHeading(
  element: Element,
  depth: number,
  takenIds: Set<string>,
  { onHeading, typesetter }: HouseStyle,
): void {
  element.tagName = `h${depth}`
  const given = element.properties.id
  if (given === 'footnote-label') return
  const text = toText(element).trim()
  const base = typeof given === 'string' ? given : toSegment(text) || 'section'
  let id = base
  for (let number = 2; takenIds.has(id); number += 1) id = `${base}-${number}`
  takenIds.add(id)
  element.properties.id = id
  const shown = typesetter ? typesetter()(text) : text
  if (depth <= 3 && text) onHeading?.({ id, text: shown, depth })
}

function styleLink(element: Element, { siteUrl, resolvePath }: HouseStyle): void {
  const { href } = element.properties
  if (typeof href !== 'string') return
  if (isSitePath(href)) element.properties.href = resolvePath(href)
  else if (/^(https?:)?\/\//i.test(href) && originOf(href) !== siteUrl) {
    element.properties.rel = ['nofollow', 'noopener']
  }
}

/** A picture from another host becomes a link; inside of a link only its text stays. */
function printPictures(link: Element, { words }: HouseStyle): void {
  visit(link, 'element', (element, index, parent) => {
    if (element.tagName !== 'img' || !parent || index === undefined) return
    if (isSitePath(toMediaSource(element))) return
    const alt = String(element.properties.alt ?? '')
    parent.children[index] = { type: 'text', value: alt ? words.imageOf(alt) : words.image }
  })
}

/** `media/a.png` is written as in the content folder, wherever the text is read. */
const toMediaSource = ({ properties }: Element): string =>
  String(properties.src ?? '').replace(/^(?:\.\/)?media\//, '/media/')

function stylePicture(
  element: Element,
  { words, resolvePath, resolvePicture = resolvePath }: HouseStyle,
): Element {
  const src = toMediaSource(element)
  const alt = String(element.properties.alt ?? '')
  const { title } = element.properties
  const titled = title === undefined ? {} : { title }
  if (isSitePath(src)) {
    return {
      ...element,
      properties: {
        src: resolvePicture(src),
        alt,
        ...titled,
        loading: 'lazy',
        decoding: 'async',
      },
    }
  }
  const label: ElementContent = { type: 'text', value: alt ? words.imageOf(alt) : words.image }
  if (!/^(?:https?:)?\/\//i.test(src) || originOf(src) === undefined) {
    return wrap('span', titled, [label])
  }
  return wrap('a', { href: src, ...titled, rel: ['nofollow', 'noopener'] }, [label])
}

/** A disabled checkbox gets a label that says its state. */
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
