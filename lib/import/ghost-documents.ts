import { escapeUTF8 } from 'entities'

/** What is said of a part of a document that has no HTML. */
type Report = (found: string, outcome: string) => void

type Node = Record<string, unknown>

const textOf = (node: Node, name: string) => (typeof node[name] === 'string' ? node[name] : '')
const listOf = (value: unknown): Node[] =>
  Array.isArray(value)
    ? value.filter((one): one is Node => typeof one === 'object' && one !== null)
    : []

/** In nodes, so that a document that holds itself ends. */
const mostDepth = 100

function parseDocument(json: string, report: Report): Node {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null) return value as Node
  } catch {
    // The same as a document that is no mapping.
  }
  report(json.slice(0, 200), 'left out: a document that is no JSON')
  return {}
}

/** A picture and what is written about it. Captions are HTML in Ghost. */
function toFigure(source: string, alt: string, caption: string, { href = '', title = '' } = {}) {
  if (source === '') return toNote(caption)
  const picture = `<img src="${escapeUTF8(source)}" alt="${escapeUTF8(alt)}"${title ? ` title="${escapeUTF8(title)}"` : ''}>`
  const linked = href ? `<a href="${escapeUTF8(href)}">${picture}</a>` : picture
  return `<figure>${linked}${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`
}

/** What stands below a card, in italics. */
const toNote = (caption: string) => (caption ? `<p><em>${caption}</em></p>` : '')

const toLink = (url: string, words: string) =>
  url === '' ? '' : `<p><a href="${escapeUTF8(url)}">${escapeUTF8(words || url)}</a></p>`

/**
 * A card as HTML; undefined for one that is not known. Cards have the same names and fields in both
 * kinds of documents.
 */
function cardToHtml(name: string, card: Node): string | undefined {
  const get = (field: string) => textOf(card, field)
  switch (name) {
    case 'image':
      return toFigure(get('src'), get('alt'), get('caption'), {
        href: get('href'),
        title: get('title'),
      })
    case 'gallery': {
      const pictures = listOf(card.images).map(
        (one) =>
          `<p><img src="${escapeUTF8(textOf(one, 'src'))}" alt="${escapeUTF8(textOf(one, 'alt'))}"></p>`,
      )
      return pictures.join('') + toNote(get('caption'))
    }
    case 'html':
      return get('html')
    case 'markdown':
    case 'card-markdown':
      return `<pre data-markdown="1">${escapeUTF8(get('markdown'))}</pre>`
    case 'code':
    case 'codeblock':
      return `<pre><code class="language-${escapeUTF8(get('language'))}">${escapeUTF8(get('code'))}</code></pre>${toNote(get('caption'))}`
    case 'hr':
    case 'horizontalrule':
      return '<hr>'
    case 'embed':
      return (get('html') || toLink(get('url'), get('url'))) + toNote(get('caption'))
    case 'bookmark': {
      const metadata = listOf([card.metadata])[0] ?? {}
      const [about, author, publisher] = ['description', 'author', 'publisher'].map((field) =>
        textOf(metadata, field),
      )
      const from = [author, publisher].filter(Boolean).join(' · ')
      return (
        toLink(get('url'), textOf(metadata, 'title')) +
        [about, from].map((words) => (words ? `<p>${escapeUTF8(words)}</p>` : '')).join('') +
        toNote(get('caption'))
      )
    }
    case 'callout':
      return `<blockquote><p>${escapeUTF8(get('calloutEmoji'))} ${get('calloutText')}</p></blockquote>`
    case 'toggle':
      return `<p><strong>${get('heading')}</strong></p>${get('content')}`
    case 'button':
      return toLink(get('buttonUrl'), get('buttonText'))
    case 'audio':
    case 'video':
    case 'file':
      return (
        toLink(get('src'), get('title') || get('fileTitle') || get('fileName')) +
        toNote(escapeUTF8(get('fileCaption')) || get('caption'))
      )
    case 'header':
      return `${toFigure(get('backgroundImageSrc'), '', '')}<h2>${get('header')}</h2>${get('subheader') ? `<p>${get('subheader')}</p>` : ''}${card.buttonEnabled === false ? '' : toLink(get('buttonUrl'), get('buttonText'))}`
    case 'product': {
      const stars = card.productRatingEnabled === true ? Number(card.productStarRating) || 0 : 0
      return `${toFigure(get('productImageSrc'), get('productTitle'), '')}<h4>${get('productTitle')}</h4>${stars > 0 ? `<p>${'★'.repeat(Math.min(stars, 5))}</p>` : ''}${get('productDescription')}${card.productButtonEnabled === false ? '' : toLink(get('productUrl'), get('productButton'))}`
    }
    case 'call-to-action':
      return `${card.hasSponsorLabel === false ? '' : get('sponsorLabel')}${toFigure(get('imageUrl'), '', '')}${get('textValue')}${card.showButton === false ? '' : toLink(get('buttonUrl'), get('buttonText'))}`
    case 'paywall':
      return ''
    default:
      return undefined
  }
}

/** In the order of the bits of `format`. */
const formats = ['strong', 'em', 'del', 'u', 'code', 'sub', 'sup', 'mark']

/** Ghost's document since version 5, as HTML. */
export function lexicalToHtml(json: string, report: Report): string {
  const [root] = listOf([parseDocument(json, report).root])
  return root ? childrenOf(root, 0) : ''

  function childrenOf(node: Node, depth: number): string {
    if (depth > mostDepth) {
      report(JSON.stringify(node).slice(0, 200), 'left out: nested too deeply')
      return ''
    }
    return listOf(node.children)
      .map((child) => toHtml(child, depth + 1))
      .join('')
  }

  function toHtml(node: Node, depth: number): string {
    const type = textOf(node, 'type')
    const inside = () => childrenOf(node, depth)
    switch (type) {
      case 'text':
      case 'extended-text':
      case 'code-highlight': {
        const bits = typeof node.format === 'number' ? node.format : 0
        return formats.reduce(
          (html, tag, bit) => (bits & (1 << bit) ? `<${tag}>${html}</${tag}>` : html),
          escapeUTF8(textOf(node, 'text')),
        )
      }
      case 'linebreak':
        return '<br>'
      case 'tab':
        return ' '
      case 'paragraph':
        return `<p>${inside()}</p>`
      case 'heading':
      case 'extended-heading': {
        const tag = /^h[1-6]$/.test(textOf(node, 'tag')) ? textOf(node, 'tag') : 'h2'
        return `<${tag}>${inside()}</${tag}>`
      }
      case 'quote':
      case 'extended-quote':
      case 'aside':
        return `<blockquote><p>${inside()}</p></blockquote>`
      case 'list':
        return node.listType === 'number'
          ? `<ol start="${Number(node.start) || 1}">${inside()}</ol>`
          : `<ul>${inside()}</ul>`
      case 'listitem': {
        const box = `<input type="checkbox"${node.checked === true ? ' checked' : ''}>`
        return `<li>${typeof node.checked === 'boolean' ? box : ''}${inside()}</li>`
      }
      case 'link':
      case 'autolink':
        return `<a href="${escapeUTF8(textOf(node, 'url'))}">${inside()}</a>`
      case 'at-link':
      case 'zwnj':
      case 'tk':
        return inside()
      default: {
        const card = cardToHtml(type, node)
        if (card !== undefined) return card
        report(
          JSON.stringify({ ...node, children: undefined }).slice(0, 300),
          `left out: a part of the kind ${type}, which is not known`,
        )
        return inside()
      }
    }
  }
}

/** Ghost's document of versions 1 to 4 (Mobiledoc 0.3), as HTML. */
export function mobiledocToHtml(json: string, report: Report): string {
  const document = parseDocument(json, report)
  const arrayAt = (name: string): unknown[] => (Array.isArray(document[name]) ? document[name] : [])
  const [atoms, cards, markups] = [arrayAt('atoms'), arrayAt('cards'), arrayAt('markups')]
  const known = new Set([
    'a',
    'b',
    'code',
    'em',
    'i',
    's',
    'del',
    'strong',
    'sub',
    'sup',
    'u',
    'mark',
  ])

  function markersToHtml(markers: unknown): string {
    const open: string[] = []
    let html = ''
    for (const marker of Array.isArray(markers) ? markers : []) {
      if (!Array.isArray(marker)) continue
      const [kind, opened, closed, value] = marker as [number, number[], number, unknown]
      for (const at of Array.isArray(opened) ? opened : []) {
        const markup = markups[at]
        const [tag, attributes] = Array.isArray(markup) ? markup : []
        const name = known.has(String(tag)) ? String(tag) : 'span'
        const hrefAt = Array.isArray(attributes) ? attributes.indexOf('href') : -1
        const href =
          hrefAt === -1 ? '' : ` href="${escapeUTF8(String(attributes[hrefAt + 1] ?? ''))}"`
        html += `<${name}${href}>`
        open.push(name)
      }
      if (kind === 0) html += escapeUTF8(String(value ?? ''))
      else {
        const atom = atoms[Number(value)]
        const [name, words] = Array.isArray(atom) ? atom : []
        html += name === 'soft-return' ? '<br>' : escapeUTF8(String(words ?? ''))
      }
      for (let count = Number(closed) || 0; count > 0; count -= 1) {
        const name = open.pop()
        if (name) html += `</${name}>`
      }
    }
    return (
      html +
      open
        .reverse()
        .map((name) => `</${name}>`)
        .join('')
    )
  }

  return arrayAt('sections')
    .map((section): string => {
      if (!Array.isArray(section)) return ''
      const [kind, second, third] = section as unknown[]
      if (kind === 1) {
        const tag = /^(?:h[1-6]|p|blockquote|aside)$/.test(String(second)) ? String(second) : 'p'
        return `<${tag}>${markersToHtml(third)}</${tag}>`
      }
      if (kind === 2) return `<p><img src="${escapeUTF8(String(second ?? ''))}" alt=""></p>`
      if (kind === 3) {
        const tag = second === 'ol' ? 'ol' : 'ul'
        const items = Array.isArray(third) ? third : []
        return `<${tag}>${items.map((item) => `<li>${markersToHtml(item)}</li>`).join('')}</${tag}>`
      }
      const card = cards[Number(second)]
      const [name, payload] = Array.isArray(card) ? card : []
      const html = cardToHtml(String(name), listOf([payload])[0] ?? {})
      if (html !== undefined) return html
      report(
        JSON.stringify(card ?? section).slice(0, 300),
        `left out: a card of the kind ${name}, which is not known`,
      )
      return ''
    })
    .join('\n')
}
