import { escapeUTF8 } from 'entities'
import type { Comment, Element, ElementContent, Root, RootContent } from 'hast'
import { toString as toText } from 'hast-util-to-string'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { SKIP, visit } from 'unist-util-visit'
import {
  blocks,
  droppedElements,
  htmlToMarkdown,
  toInline,
} from '#lib/ingest/intake/html-to-markdown.ts'
import { type ImportedBody, type LossNote, quoteFound } from './imported-post.ts'

/** A body that is larger is refused by `parseArticle`, so nothing larger is converted. In UTF-16 units. */
const maxLength = 4_000_000

/**
 * HTML of WordPress or Ghost → Markdown. Shortcodes, blocks and cards become what they show; what
 * cannot be shown becomes a link or is left out, and each such place is a loss. At the end the words
 * of both texts are counted: words that are missing without a message are a loss as well.
 */
export function convertHtml({
  flavour,
  text,
  line,
  attachments = {},
  footnotes = {},
}: ImportedBody): {
  markdown: string
  losses: LossNote[]
} {
  const losses: LossNote[] = []
  const report = (
    severity: LossNote['severity'],
    atLine: number | undefined,
    found: string,
    outcome: string,
  ) => {
    const place = line + (atLine ?? 1) - 1
    losses.push({ severity, line: place, field: 'body', found: quoteFound(found), outcome })
  }
  const source = text.replace(/\r\n?/g, '\n')
  const html =
    flavour === 'wordpress'
      ? replaceShortcodes(source, { attachments, report })
      : source.replace(markdownCard, (_whole, markdown: string) => renderCard(markdown))
  // Texts of the old editor have no paragraphs: blank lines are.
  const isClassic = flavour === 'wordpress' && !/<!--\s*wp:/.test(html)
  // Numbered in the order of the text.
  const noted: string[] = []
  const marked = html.replace(footnoteMark, (whole, id: string) => {
    if (footnotes[id] === undefined) return whole
    if (!noted.includes(id)) noted.push(id)
    return `\uE000${noted.indexOf(id) + 1}\uE001`
  })
  let words: string[] = []
  const markdown = htmlToMarkdown(marked, undefined, {
    maxLength,
    keepsReferences: true,
    onCut: (what) => report('lost', undefined, what, 'left out'),
    prepare(tree) {
      if (isClassic) tree.children = addParagraphs(tree.children)
      prepareTree(tree, report, noted.length > 0)
      words = listWords(tree)
    },
  })
  const missing = listMissing(words, listWords(parser.parse(markdown)))
  if (missing.length > 0) {
    report('lost', undefined, missing.join(' '), 'words that are not in the written text')
  }
  const notes = noted.map((id, at) => {
    const note = htmlToMarkdown(footnotes[id] ?? '', undefined, {
      maxLength,
      keepsReferences: true,
    })
    return `\n\n[^${at + 1}]: ${note.replace(/\n/g, '\n    ')}`
  })
  const whole = markdown.replace(/\uE000(\d+)\uE001/g, '[^$1]') + notes.join('')
  return { markdown: whole === '' ? '' : `${whole}\n`, losses }
}

/** Of the block editor: what it says stands in a field of the post. */
const footnoteMark = /<sup\b[^<>]*?\bdata-fn="([^"]{1,100})"[^<>]*>[\s\S]{0,300}?<\/sup>/g

type Report = (
  severity: LossNote['severity'],
  atLine: number | undefined,
  found: string,
  outcome: string,
) => void

const parser = unified().use(remarkParse).use(remarkGfm)

/** Ghost's cards in Markdown, as `ghost-documents.ts` hands them over; here is a limit of time. */
const markdownCard = /<pre data-markdown="1">([\s\S]*?)<\/pre>/g
const renderer = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeStringify, { allowDangerousHtml: true })

function renderCard(escaped: string): string {
  const markdown = escaped
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
  return String(renderer.processSync(markdown))
}

/** The words of all texts of a tree, those of HTML and of Markdown alike. */
function listWords(tree: Parameters<typeof visit>[0]): string[] {
  const words: string[] = []
  visit(tree, (node) => {
    const text = 'value' in node && node.type !== 'comment' ? String(node.value) : ''
    for (const [word] of text.matchAll(/[\p{L}\p{N}]+/gu)) words.push(word)
  })
  return words
}

/** Words that stand less often in the second text, also when it is read without its word ends. */
function listMissing(before: string[], after: string[]): string[] {
  const left = countEach(after)
  const missing = [...countEach(before)].filter(([word, count]) => (left.get(word) ?? 0) < count)
  if (missing.length === 0) return []
  const letters = after.join('')
  return missing.flatMap(([word, count]) => (letters.split(word).length <= count ? [word] : []))
}

function countEach(words: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** As WordPress reads it; attributes are `name="value"`, `name='value'`, `name=value`, or a bare value. */
const shortcode = /\[(\[?)(\/?)([A-Za-z][\w-]{0,60})((?:[\s=][^[\]]{0,2000})?)(\/?)\](\]?)/g

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  const straight = text.replace(/[“”″]/g, '"')
  for (const match of straight.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))/g)) {
    attributes[(match[1] ?? '').toLowerCase()] = match[2] ?? match[3] ?? match[4] ?? ''
  }
  return attributes
}

/** Shortcodes that show code as it is written, by their names; some plugins name them by the language. */
const codeShortcode =
  /\[(code|sourcecode|highlight|php|css|js|jscript|javascript|html|xml|python|ruby|sql|bash|java|csharp|cpp)((?:\s[^[\]]{0,500})?)\]/gi
const codeElement = /<(pre|code)\b[^<>]{0,2000}>/gi

/** Where a text is code, by what opens it: each place from there to the end of what closes it. */
function* findPairs(text: string, opening: RegExp, toEnd: (name: string) => string) {
  const unclosed = new Set<string>()
  opening.lastIndex = 0
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const [whole, name = '', written = ''] = match
    const end = toEnd(name)
    const from = match.index + whole.length
    const to = unclosed.has(end) ? -1 : text.indexOf(end, from)
    if (to === -1) {
      unclosed.add(end)
      continue
    }
    opening.lastIndex = to + end.length
    yield { start: match.index, from, to, end: to + end.length, name, written }
  }
}

/** Code between shortcodes is no HTML, but for the breaks and paragraphs that the editor puts into it. */
function replaceCode(text: string): string {
  let html = ''
  let last = 0
  for (const pair of findPairs(text, codeShortcode, (name) => `[/${name}]`)) {
    const { lang, language } = readAttributes(pair.written)
    const isCode = /^(?:code|sourcecode)$/i.test(pair.name)
    const named = lang ?? language ?? (isCode ? '' : pair.name.toLowerCase())
    if (named === 'highlight') continue
    const code = text.slice(pair.from, pair.to)
    const isMarkup = /^x?html|xml/i.test(named) || /<(?!\/?(?:br|p)\b)[a-z!?/]/i.test(code)
    const plain = isMarkup
      ? code
      : code.replace(/<br\s*\/?>\n?|<\/p>/gi, '\n').replace(/<p\b[^<>]{0,500}>/gi, '')
    const shown = plain.replace(/^\n/, '').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    html += text.slice(last, pair.start)
    html += `<pre><code class="language-${escapeUTF8(named)}">${shown}</code></pre>`
    // Lines of what follows are counted on.
    html += '\n'.repeat(Math.max(0, countLineEnds(code) - countLineEnds(shown)))
    last = pair.end
  }
  return html + text.slice(last)
}

/** Shortcodes as the HTML that they show. What stands in elements of code stays as it is. */
function replaceShortcodes(text: string, context: ShortcodeContext): string {
  const source = replaceCode(text)
  const lineAt = createLineCounter(source)
  const closed = new Set(Array.from(source.matchAll(/\[\/([\w-]{1,60})\]/g), ([, name]) => name))
  let html = ''
  let last = 0
  const put = (until: number) => {
    const offset = last
    html += replaceAround(source.slice(last, until), {
      ...context,
      closed,
      lineAt: (at) => lineAt(offset + at),
    })
  }
  for (const { start, end } of findPairs(source, codeElement, (name) => `</${name}>`)) {
    put(start)
    html += source.slice(start, end).replace(/\[(\[[^[\]]*\])\]/g, '$1')
    last = end
  }
  put(source.length)
  return html
}

type ShortcodeContext = {
  attachments: NonNullable<ImportedBody['attachments']>
  report: Report
}

/** Where a service shows what a shortcode names by its number. */
const services: Record<string, string> = {
  youtube: 'https://www.youtube.com/watch?v=',
  vimeo: 'https://vimeo.com/',
  dailymotion: 'https://www.dailymotion.com/video/',
  twitter: 'https://twitter.com/i/status/',
  tweet: 'https://twitter.com/i/status/',
  gist: 'https://gist.github.com/',
}

/** Names of addresses, the best first. */
const addressNames = 'src url mp4 m4v webm ogv mp3 m4a ogg wav href link'.split(' ')

/**
 * Shortcodes of a text without code. Words in brackets that are no shortcode, such as [sic], stay; those
 * that may be one are named. Line ends stay, so that lines can be named.
 */
function replaceAround(
  text: string,
  {
    attachments,
    report,
    closed,
    lineAt,
  }: ShortcodeContext & {
    closed: ReadonlySet<string | undefined>
    lineAt: (offset: number) => number
  },
): string {
  const openLinks: string[] = []
  return text.replace(
    shortcode,
    (whole, before, slash, name: string, written: string, _self, after, at) => {
      // [[name]] shows [name].
      if (before && after) return whole.slice(1, -1)
      const attributes = readAttributes(written)
      const has = Object.keys(attributes).length > 0
      const isPaired = closed.has(name)
      const kind = name.toLowerCase()
      const bare = written.replace(/^[\s="']+|[\s"'/]+$/g, '')
      const service = services[kind]
      const id = attributes.id ?? bare
      const ownUrl =
        addressNames.map((one) => attributes[one]).find((one) => one !== undefined && one !== '') ??
        /https?:\/\/[^\s"'<>]+/.exec(written)?.[0] ??
        (service && /^[\w-]+$/.test(id) ? service + id : undefined)
      const url = ownUrl !== undefined && /^(?:https?:)?\/\/|^\//.test(ownUrl) ? ownUrl : undefined
      const put = (html: string) => before + html + after + '\n'.repeat(countLineEnds(whole))
      const link = (address: string) =>
        `<p><a href="${escapeUTF8(address)}">${escapeUTF8(address)}</a></p>`
      const listIds = () =>
        (attributes.ids ?? attributes.include ?? Object.keys(attachments).join(','))
          .split(/[\s,]+/)
          .filter(Boolean)
          .flatMap((number) => {
            const one = attachments[number]
            if (!one) report('lost', lineAt(at), `file ${number} of ${whole}`, 'not in the export')
            return one ? [one] : []
          })
      switch (kind) {
        case 'caption':
        case 'wp_caption': {
          if (slash) return put('</figcaption></figure>')
          // In the old form the caption is an attribute, in the new one what follows the picture.
          return put(
            `<figure data-caption="${escapeUTF8(attributes.caption ?? '')}"><figcaption data-mixed="1">`,
          )
        }
        case 'gallery': {
          if (slash) return put('')
          const pictures = listIds().map(
            (one) => `<p><img src="${escapeUTF8(one.url)}" alt="${escapeUTF8(one.alt)}"></p>`,
          )
          return put(pictures.join(''))
        }
        case 'playlist': {
          if (slash) return put('')
          report('changed', lineAt(at), whole, 'became links')
          return put(
            listIds()
              .map((one) => link(one.url))
              .join(''),
          )
        }
        case 'embed':
          if (isPaired) return put(slash ? '</p>' : '<p>')
          break
      }
      if (slash && openLinks.at(-1) === kind) {
        openLinks.pop()
        return put('</a>')
      }
      if (url !== undefined && !slash) {
        report('changed', lineAt(at), whole, 'became a link')
        const isEmpty = text.startsWith(`[/${name}]`, at + whole.length)
        if (!isPaired || isEmpty) return put(link(url))
        openLinks.push(kind)
        return put(`<a href="${escapeUTF8(url)}">`)
      }
      const isShortcode = has || slash || isPaired || /[-_]/.test(name) || service !== undefined
      if (isShortcode) {
        if (!slash) report('lost', lineAt(at), whole, 'left out; the text in it stays')
        return put('')
      }
      const mayBeOne = /^[a-z]{2,}$/.test(name) && name !== 'sic' && text[at + whole.length] !== '('
      if (mayBeOne) report('changed', lineAt(at), whole, 'stays as it is written, in brackets')
      return whole
    },
  )
}

function countLineEnds(text: string): number {
  return text.split('\n').length - 1
}

/** Lines of offsets that grow. */
function createLineCounter(text: string): (offset: number) => number {
  let line = 1
  let last = 0
  return (offset) => {
    for (
      let at = text.indexOf('\n', last);
      at !== -1 && at < offset;
      at = text.indexOf('\n', at + 1)
    )
      line += 1
    last = offset
    return line
  }
}

/** In these, blank lines separate paragraphs as well. */
const containers = new Set(
  'article aside blockquote center div footer header main section'.split(' '),
)

/** Paragraphs where the old WordPress editor left them to blank lines; its single line ends are breaks. */
function addParagraphs<Node extends RootContent | ElementContent>(nodes: Node[]): Node[] {
  const result: (RootContent | ElementContent)[] = []
  let open: ElementContent[] = []
  const close = () => {
    const isBlank = open.every((node) => node.type === 'text' && node.value.trim() === '')
    if (!isBlank) {
      result.push({ type: 'element', tagName: 'p', properties: {}, children: trimBreaks(open) })
    }
    open = []
  }
  for (const node of nodes) {
    if (node.type === 'text') {
      let line = node.position?.start.line ?? 1
      for (const [at, piece] of node.value.split(/(\n[ \t]*\n\s*)/).entries()) {
        if (at % 2 === 1) close()
        else open.push(...toLines(piece, line))
        line += countLineEnds(piece)
      }
    } else if (node.type === 'element' && blocks.has(node.tagName)) {
      close()
      if (containers.has(node.tagName)) node.children = addParagraphs(node.children)
      result.push(node)
    } else if (node.type === 'doctype') result.push(node)
    else open.push(node as ElementContent)
  }
  close()
  return result as Node[]
}

function toLines(text: string, line: number): ElementContent[] {
  return text.split('\n').flatMap((value, at): ElementContent[] => {
    const point = { line: line + at, column: 1 }
    const node: ElementContent = { type: 'text', value, position: { start: point, end: point } }
    const lineBreak: Element = { type: 'element', tagName: 'br', properties: {}, children: [] }
    return at === 0 ? [node] : [lineBreak, node]
  })
}

/** No breaks at the ends of a paragraph, and none beside another one. */
function trimBreaks(nodes: ElementContent[]): ElementContent[] {
  const isBreak = (node: ElementContent | undefined) =>
    node?.type === 'element' && node.tagName === 'br'
  const isBlank = (node: ElementContent | undefined) =>
    node?.type === 'text' && node.value.trim() === ''
  const kept = nodes.filter(
    (node) => !isBlank(node) || (node.type === 'text' && node.value === ' '),
  )
  while (isBreak(kept[0]) || isBlank(kept[0])) kept.shift()
  while (isBreak(kept.at(-1)) || isBlank(kept.at(-1))) kept.pop()
  return kept.filter((node, at) => !(isBreak(node) && isBreak(kept[at - 1])))
}

/** What may hold nothing but an address, which WordPress replaces by what is there. */
const holdsEmbeds = new Set('p div figure li'.split(' '))
/** What Ghost draws around a recording, a file and a part that opens: buttons, times, icons. */
const playerParts = new Set(
  (
    'kg-audio-player kg-audio-hide kg-audio-thumbnail kg-video-overlay kg-video-player ' +
    'kg-toggle-card-icon kg-file-card-icon kg-bookmark-icon'
  ).split(' '),
)
const embeds = new Set(['iframe', 'video', 'audio', 'embed', 'object'])

/** Brings a tree into a form that Markdown can say, and reports what it cannot. */
function prepareTree(tree: Root, report: Report, hasFootnotes: boolean): void {
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return undefined
    const replace = (...nodes: ElementContent[]): [typeof SKIP, number] => {
      ;(parent.children as ElementContent[]).splice(index, 1, ...nodes)
      return [SKIP, index + nodes.length]
    }
    const lineOf = () => node.position?.start.line
    if (node.type === 'comment') {
      if (!hasFootnotes || node.value.trim() !== 'wp:footnotes /') reportComment(node, report)
      return undefined
    }
    if (node.type === 'text') {
      const address = node.value.trim()
      if (!/^https?:\/\/[^\s<>"]+$/.test(address)) return undefined
      const isAlone = parent.children.every(
        (one) => one === node || (one.type === 'text' && one.value.trim() === ''),
      )
      // WordPress shows what is there.
      if (!isAlone) return undefined
      if (parent.type === 'element' && !holdsEmbeds.has(parent.tagName)) return undefined
      report('changed', lineOf(), address, 'became a link')
      return replace(element('a', { href: address }, [{ type: 'text', value: address }]))
    }
    if (node.type !== 'element') return undefined
    const { tagName, properties } = node
    const background = /background(?:-image)?:[^;]{0,200}?url\(\s*["']?([^"')\s]+)/.exec(
      String(properties.style ?? ''),
    )?.[1]
    if (background !== undefined) {
      delete properties.style
      report('changed', lineOf(), background, 'a picture behind a text, became one above it')
      return replace(element('p', {}, [element('img', { src: background, alt: '' }, [])]), node)
    }
    const classes = Array.isArray(properties.className) ? properties.className : []
    if (classes.some((name) => playerParts.has(String(name)))) return replace()
    if (classes.includes('kg-signup-card')) {
      report('lost', lineOf(), toText(node), 'left out: a form to sign up with')
      return replace()
    }
    if (classes.includes('kg-bookmark-publisher')) {
      node.children.unshift({ type: 'text', value: ' · ' })
    }
    if (embeds.has(tagName)) {
      const source = node.children.find((child) => child.type === 'element' && child.properties.src)
      const inner = source?.type === 'element' ? source.properties.src : undefined
      const url = String(properties.src ?? properties.dataSrc ?? properties.data ?? inner ?? '')
      const title = String(properties.title ?? '') || url.replace(/^__GHOST_URL__/, '')
      if (!/^(?:https?:)?\/\/|^\/|^__GHOST_URL__/.test(url)) {
        report('lost', lineOf(), `<${tagName}> ${toText(node)}`, 'left out')
        return replace()
      }
      report('changed', lineOf(), `<${tagName} src="${url}">`, 'became a link')
      const link = element('a', { href: url.startsWith('//') ? `https:${url}` : url }, [
        { type: 'text', value: title },
      ])
      return replace(element('p', {}, [link]))
    }
    if (tagName === 'picture') return replaceWithChildren(node, parent, index)
    if (tagName === 'noscript') {
      // Pictures that load late stand here a second time, for browsers without scripts.
      const hasText =
        toText(node)
          .replace(/<[^>]*>/g, '')
          .trim() !== ''
      if (hasText) report('lost', lineOf(), `<noscript> ${toText(node)}`, 'left out')
      return replace()
    }
    if (tagName === 'img') {
      const late = properties.dataSrc ?? properties.dataLazySrc ?? properties.dataOriginal
      if (late && /^(?:data:|$)/.test(String(properties.src ?? ''))) properties.src = String(late)
      if (!properties.src) {
        report(
          'lost',
          lineOf(),
          `<img alt="${properties.alt ?? ''}">`,
          'left out: it has no address',
        )
        return replace()
      }
      return undefined
    }
    if (tagName === 'figure') return void prepareFigure(node)
    if (tagName === 'a') {
      const holdsBlocks = node.children.some(
        (child) => child.type === 'element' && blocks.has(child.tagName),
      )
      if (holdsBlocks) node.children = toInline(node.children)
      if (!properties.href) return replaceWithChildren(node, parent, index)
      return undefined
    }
    if (tagName === 'input' && properties.type === 'checkbox') return undefined
    if (droppedElements.has(tagName) || tagName === 'input' || tagName === 'select') {
      const isSilent = ['link', 'meta', 'base', 'source', 'track', 'param', 'rp'].includes(tagName)
      if (!isSilent) report('lost', lineOf(), `<${tagName}> ${toText(node)}`, 'left out')
      return replace()
    }
    return undefined
  })
}

function replaceWithChildren(
  node: Element,
  parent: { children: unknown[] },
  index: number,
): [typeof SKIP, number] {
  parent.children.splice(index, 1, ...node.children)
  return [SKIP, index]
}

const element = (
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[],
): Element => ({ type: 'element', tagName, properties, children })

/** The parts of a figure one below the other, the caption last and in italics. */
function prepareFigure(figure: Element): void {
  const caption = String(figure.properties.dataCaption ?? '')
  const captions: ElementContent[] = []
  const rest = figure.children.flatMap((child): ElementContent[] => {
    if (child.type !== 'element' || child.tagName !== 'figcaption') return [child]
    if (!child.properties.dataMixed) {
      captions.push(toCaption(child.children))
      return []
    }
    // WordPress's [caption]: the picture, perhaps in a link, and the words behind it.
    const isPicture = (node: ElementContent) =>
      node.type === 'element' && (node.tagName === 'img' || holdsPicture(node))
    const words = child.children.filter((node) => !isPicture(node))
    if (words.some((node) => toText(element('p', {}, [node])).trim() !== '')) {
      captions.push(toCaption(words))
    }
    return child.children.filter(isPicture)
  })
  if (caption)
    captions.push(element('p', {}, [element('em', {}, [{ type: 'text', value: caption }])]))
  figure.tagName = 'div'
  figure.properties = {}
  const isBlock = (node: ElementContent) => node.type === 'element' && blocks.has(node.tagName)
  figure.children = [
    ...rest.map((node) =>
      isBlock(node) || node.type !== 'element' ? node : element('p', {}, [node]),
    ),
    ...captions,
  ]
}

/** A paragraph in italics. What is in italics in it already would end them. */
function toCaption(nodes: ElementContent[]): Element {
  const withoutItalics = (all: ElementContent[]): ElementContent[] =>
    all.flatMap((node) => {
      if (node.type !== 'element') return [node]
      const children = withoutItalics(node.children)
      return ['em', 'i', 'cite'].includes(node.tagName) ? children : [{ ...node, children }]
    })
  return element('p', {}, [element('em', {}, trimEnds(withoutItalics(toInline(nodes))))])
}

function trimEnds(nodes: ElementContent[]): ElementContent[] {
  const first = nodes[0]
  const last = nodes.at(-1)
  if (first?.type === 'text') first.value = first.value.trimStart()
  if (last?.type === 'text') last.value = last.value.trimEnd()
  return nodes
}

function holdsPicture(node: Element): boolean {
  return node.children.some(
    (child) => child.type === 'element' && (child.tagName === 'img' || holdsPicture(child)),
  )
}

/** Blocks that hold their content, as opposed to those that WordPress fills in when it shows them. */
function reportComment({ value, position }: Comment, report: Report): void {
  const text = value.trim()
  const line = position?.start.line
  const block = /^(\/)?wp:([\w/-]+)\s*([\s\S]*?)(\/)?$/.exec(text)
  if (block) {
    const [, , name = '', attributes, isSelfClosing] = block
    const isSilent = ['more', 'nextpage', 'spacer', 'separator'].includes(name)
    if (isSelfClosing && !isSilent) {
      report('lost', line, `block ${name} ${attributes}`, 'left out: WordPress fills it in')
    }
    return
  }
  if (text === '' || /^(?:more|noteaser|kg-card-(?:begin|end))\b/.test(text)) return
  if (text === 'nextpage') {
    report('changed', line, '<!--nextpage-->', 'left out: the text is one page')
    return
  }
  report('lost', line, `<!-- ${text} -->`, 'a comment that nobody saw, left out')
}
