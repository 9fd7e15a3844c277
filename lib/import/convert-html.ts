import { escapeUTF8 } from 'entities'
import type { Comment, Element, ElementContent, Root, RootContent } from 'hast'
import { toString as toText } from 'hast-util-to-string'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { SKIP, visit } from 'unist-util-visit'
import { droppedElements, htmlToMarkdown } from '#lib/ingest/intake/html-to-markdown.ts'
import { type ImportedBody, type LossNote, quoteFound } from './imported-post.ts'

/** A body that is larger is refused by `parseArticle`, so nothing larger is converted. In UTF-16 units. */
const maxLength = 4_000_000

/**
 * HTML of WordPress or Ghost → Markdown. Shortcodes, blocks and cards become what they show; what
 * cannot be shown becomes a link or is left out, and each such place is a loss. At the end the words
 * of both texts are counted: words that are missing without a message are a loss as well.
 */
export function convertHtml({ flavour, text, line, attachments = {} }: ImportedBody): {
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
  let words: string[] = []
  const markdown = htmlToMarkdown(html, undefined, {
    maxLength,
    keepsReferences: true,
    onCut: (what) => report('lost', undefined, what, 'left out'),
    prepare(tree) {
      if (isClassic) tree.children = addParagraphs(tree.children)
      prepareTree(tree, report)
      words = listWords(tree)
    },
  })
  const missing = listMissing(words, listWords(parser.parse(markdown)))
  if (missing.length > 0) {
    report('lost', undefined, missing.join(' '), 'words that are not in the written text')
  }
  return { markdown: markdown === '' ? '' : `${markdown}\n`, losses }
}

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

/** As WordPress reads it; attributes are `name="value"`, `name='value'` or `name=value`. */
const shortcode = /\[(\[?)(\/?)([A-Za-z][\w-]{0,60})((?:\s+[^[\]]{0,2000})?)(\/?)\](\]?)/g

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const match of text.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))/g)) {
    attributes[(match[1] ?? '').toLowerCase()] = match[2] ?? match[3] ?? match[4] ?? ''
  }
  return attributes
}

/**
 * Shortcodes as the HTML that they show. Words in brackets that are no shortcode, such as [sic], stay.
 * Line ends stay, so that lines can be named.
 */
function replaceShortcodes(
  text: string,
  {
    attachments,
    report,
  }: { attachments: NonNullable<ImportedBody['attachments']>; report: Report },
): string {
  const closed = new Set(Array.from(text.matchAll(/\[\/([\w-]{1,60})\]/g), ([, name]) => name))
  const lineAt = createLineCounter(text)
  return text.replace(
    shortcode,
    (whole, before, slash, name: string, written, _self, after, at) => {
      // [[name]] shows [name].
      if (before && after) return whole.slice(1, -1)
      const attributes = readAttributes(written)
      const has = Object.keys(attributes).length > 0
      const url = attributes.src ?? attributes.url ?? attributes.mp4 ?? attributes.mp3
      const isPaired = closed.has(name)
      const put = (html: string) => before + html + after + '\n'.repeat(countLineEnds(whole))
      switch (name.toLowerCase()) {
        case 'caption':
        case 'wp_caption': {
          if (slash) return put('</figcaption></figure>')
          const caption = attributes.caption
          // In the old form the caption is an attribute, in the new one what follows the picture.
          return put(
            `<figure data-caption="${escapeUTF8(caption ?? '')}"><figcaption data-mixed="1">`,
          )
        }
        case 'gallery': {
          if (slash) return put('')
          const ids = (attributes.ids ?? attributes.include ?? Object.keys(attachments).join(','))
            .split(/[\s,]+/)
            .filter(Boolean)
          const known = ids.flatMap((id) => {
            const one = attachments[id]
            if (!one) report('lost', lineAt(at), `picture ${id} of ${whole}`, 'not in the export')
            return one
              ? [`<p><img src="${escapeUTF8(one.url)}" alt="${escapeUTF8(one.alt)}"></p>`]
              : []
          })
          return put(known.join(''))
        }
        case 'code':
        case 'sourcecode':
        case 'highlight':
          if (!isPaired) return whole
          if (slash) return put('</code></pre>')
          return put(
            `<pre><code class="language-${escapeUTF8(attributes.lang ?? attributes.language ?? '')}">`,
          )
        case 'embed':
          if (isPaired) return put(slash ? '</p>' : '<p>')
          break
        case 'video':
        case 'audio':
        case 'youtube':
        case 'vimeo':
        case 'playlist':
          if (!slash && url) {
            report('changed', lineAt(at), whole, 'became a link')
            return put(`<p><a href="${escapeUTF8(url)}">${escapeUTF8(url)}</a></p>`)
          }
          if (slash) return put('')
          break
      }
      const isShortcode = has || slash || isPaired || /[-_]/.test(name)
      if (!isShortcode) return whole
      if (!slash) report('lost', lineAt(at), whole, 'left out; the text in it stays')
      return put('')
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

const blocks = new Set(
  (
    'address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hr iframe li main nav noscript ol p pre section style script summary table ul video audio'
  ).split(' '),
)
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
      const [first = '', ...others] = node.value.split(/\n[ \t]*\n\s*/)
      open.push(...toLines(first, node.position))
      for (const one of others) {
        close()
        open.push(...toLines(one, node.position))
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

function toLines(text: string, position: ElementContent['position']): ElementContent[] {
  return text.split('\n').flatMap((value, at): ElementContent[] => {
    const node: ElementContent = { type: 'text', value, ...(position ? { position } : {}) }
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

const embeds = new Set(['iframe', 'video', 'audio', 'embed', 'object'])

/** Brings a tree into a form that Markdown can say, and reports what it cannot. */
function prepareTree(tree: Root, report: Report): void {
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return undefined
    const replace = (...nodes: ElementContent[]): [typeof SKIP, number] => {
      ;(parent.children as ElementContent[]).splice(index, 1, ...nodes)
      return [SKIP, index + nodes.length]
    }
    const lineOf = () => node.position?.start.line
    if (node.type === 'comment') {
      reportComment(node, report)
      return undefined
    }
    if (node.type !== 'element') return undefined
    const { tagName, properties } = node
    if (embeds.has(tagName)) {
      const source = node.children.find((child) => child.type === 'element' && child.properties.src)
      const inner = source?.type === 'element' ? source.properties.src : undefined
      const url = String(properties.src ?? properties.dataSrc ?? properties.data ?? inner ?? '')
      const title = String(properties.title ?? '') || url
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

/** Blocks as one line of text: each followed by a space. */
function toInline(nodes: ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node]
    if (!blocks.has(node.tagName)) return [{ ...node, children: toInline(node.children) }]
    return [...toInline(node.children), { type: 'text', value: ' ' }]
  })
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
