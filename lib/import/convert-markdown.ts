import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { type ImportedBody, type LossNote, quoteFound } from './imported-post.ts'

/**
 * Markdown of Hugo, Jekyll, Obsidian, Docusaurus and others → Markdown of ours. All of it stays as it
 * is but for what those tools add to Markdown: shortcodes, Liquid, wikilinks, admonitions, attributes,
 * JSX. Nothing in code is touched. Each thing that is left out or becomes another is a loss.
 */
export function convertMarkdown({ flavour, text, line }: ImportedBody): {
  markdown: string
  losses: LossNote[]
} {
  const losses: LossNote[] = []
  const report: Report = (severity, found, outcome, atLine) => {
    losses.push({
      severity,
      line: line + atLine - 1,
      field: 'body',
      found: quoteFound(found),
      outcome,
    })
  }
  const fenced = fenceHighlights(text.replace(/\r\n?/g, '\n'))
  const rules = [
    ...(flavour === 'mdx' ? mdxRules : []),
    ...(flavour === 'jekyll' ? kramdownRules : []),
    ...commonRules,
  ]
  const markdown = rules.reduce((result, rule) => replaceOutsideCode(result, rule, report), fenced)
  return { markdown, losses }
}

type Report = (severity: LossNote['severity'], found: string, outcome: string, line: number) => void

/** What is found, what is put in its place, and what is said of it. */
type Rule = {
  pattern: RegExp
  put: (...groups: string[]) => string | undefined
  severity?: LossNote['severity']
  outcome?: string
}

/** Code that Liquid or Hugo highlights becomes a fenced block, before anything looks for code. */
function fenceHighlights(text: string): string {
  const highlight =
    /^[ \t]*(?:\{%-?\s*highlight\s+([\w+#-]+)[^%\n]*%\}|\{\{[<%]\s*highlight\s+"?([\w+#-]+)"?[^\n]*?[>%]\}\})[ \t]*\n([\s\S]*?)\n[ \t]*(?:\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*\/\s*highlight\s*[>%]\}\})/gm
  return text.replace(highlight, (_whole, liquid, hugo, code: string) => {
    const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([ticks]) => ticks.length))
    const fence = '`'.repeat(longest + 1)
    return `${fence}${liquid ?? hugo}\n${code}\n${fence}`
  })
}

const parser = unified().use(remarkParse).use(remarkGfm)

function replaceOutsideCode(text: string, rule: Rule, report: Report): string {
  rule.pattern.lastIndex = 0
  if (!rule.pattern.test(text)) return text
  rule.pattern.lastIndex = 0
  const code: [number, number][] = []
  visit(parser.parse(text), (node) => {
    const isCode = node.type === 'code' || node.type === 'inlineCode'
    const { start, end } = node.position ?? {}
    if (isCode && start?.offset !== undefined && end?.offset !== undefined) {
      code.push([start.offset, end.offset])
    }
  })
  let next = 0
  let line = 1
  let counted = 0
  return text.replace(rule.pattern, (...found) => {
    const at = found.findLastIndex((part) => typeof part === 'number')
    const [whole, ...groups] = found.slice(0, at) as string[]
    const offset = found[at] as number
    while ((code[next]?.[1] ?? Number.POSITIVE_INFINITY) <= offset) next += 1
    if (
      whole === undefined ||
      (code[next]?.[0] ?? Number.POSITIVE_INFINITY) < offset + whole.length
    ) {
      return whole ?? ''
    }
    const put = rule.put(...groups)
    if (put === undefined) return whole
    for (let end = text.indexOf('\n', counted); end !== -1 && end < offset; ) {
      line += 1
      counted = end + 1
      end = text.indexOf('\n', counted)
    }
    if (rule.outcome) report(rule.severity ?? 'lost', whole, rule.outcome, line)
    return put
  })
}

const attribute = (text: string, name: string) =>
  new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|\`([^\`]*)\`)`)
    .exec(text)
    ?.slice(1)
    .find((one) => one !== undefined)

const escapeAlt = (text: string) => text.replace(/[[\]\\]/g, '\\$&').replace(/\s+/g, ' ')
const toDestination = (url: string) =>
  /[\s()<>]/.test(url) ? `<${url.replace(/[<>\n]/g, encodeURIComponent)}>` : url

/** A picture and, below it, what is written about it. */
function toFigure(attributes: string): string | undefined {
  const source = attribute(attributes, 'src') ?? attribute(attributes, 'link')
  if (source === undefined) return undefined
  const words = ['title', 'caption', 'attr']
    .map((name) => attribute(attributes, name))
    .filter(Boolean)
  const picture = `![${escapeAlt(attribute(attributes, 'alt') ?? '')}](${toDestination(source)})`
  return words.length === 0 ? picture : `${picture}\n\n*${words.join(' ')}*`
}

const videos: Record<string, (id: string) => string> = {
  youtube: (id) => `https://www.youtube.com/watch?v=${id}`,
  vimeo: (id) => `https://vimeo.com/${id}`,
  gist: (id) => `https://gist.github.com/${id.replace(/\s+/g, '/')}`,
  tweet: (id) => `https://x.com/i/status/${id}`,
  x: (id) => `https://x.com/i/status/${id}`,
  twitter: (id) => `https://x.com/i/status/${id}`,
  instagram: (id) => `https://www.instagram.com/p/${id}/`,
}

function toEmbed(name = '', parameters = ''): string | undefined {
  const toUrl = Object.hasOwn(videos, name) ? videos[name] : undefined
  const user = attribute(parameters, 'user')
  const id = attribute(parameters, 'id') ?? parameters.replace(/["'`]/g, '').trim()
  // Gists are named by user and number.
  const isPlain = /^[\w-]{1,100}(?:\s+\w{1,100})?$/.test(id)
  if (!toUrl || !isPlain) return undefined
  const url =
    user && name !== 'gist' ? `https://x.com/${encodeURIComponent(user)}/status/${id}` : toUrl(id)
  return `[${url}](${url})`
}

const commonRules: Rule[] = [
  {
    pattern: /\{\{[<%]\s*(?:figure|image|img)\s+([^\n]*?)\s*\/?[>%]\}\}/g,
    put: (attributes = '') => toFigure(attributes),
  },
  {
    pattern: /\{\{[<%]\s*(youtube|vimeo|gist|tweet|x|twitter|instagram)\s+([^\n]*?)\s*\/?[>%]\}\}/g,
    put: toEmbed,
    severity: 'changed',
    outcome: 'became a link',
  },
  {
    pattern: /\{%-?\s*(youtube|vimeo|gist|tweet|twitter)\s+([^\n]*?)\s*-?%\}/g,
    put: toEmbed,
    severity: 'changed',
    outcome: 'became a link',
  },
  // Addresses of other posts, by their file or name. Resolved with the other links.
  {
    pattern: /\{\{[<%]\s*(?:rel)?ref\s+(?:path\s*=\s*)?["'`]?([^"'`\s>%]+)["'`]?[^\n]*?[>%]\}\}/g,
    put: (target = '') => `ref:${encodeURI(target)}`,
  },
  {
    pattern:
      /(?:\{\{\s*site\.(?:baseurl|url)\s*\}\})?\{%-?\s*(?:post_url|link)\s+([^\s%]+)\s*-?%\}/g,
    put: (target = '') => `ref:${encodeURI(target)}`,
  },
  {
    pattern:
      /\{\{\s*["']([^"'{}\n]*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url)|url)\s*\}\}/g,
    put: (address = '') => (address.startsWith('/') ? address : `/${address}`),
  },
  { pattern: /\{\{\s*site\.(?:baseurl|url)\s*\}\}(?=\/)/g, put: () => '' },
  { pattern: /\{%-?\s*(?:end)?raw\s*-?%\}/g, put: () => '' },
  // Hugo's way to show a shortcode.
  { pattern: /\{\{([<%])\/\*([^\n]*?)\*\/([>%])\}\}/g, put: (a, b, c) => `{{${a}${b}${c}}}` },
  {
    pattern: /\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g,
    put: () => '',
    outcome: 'a comment that nobody saw, left out',
  },
  {
    pattern: /\{\{[<%]-?\s*\/\s*[\w./-]+\s*-?[>%]\}\}|\{%-?\s*end\w+\s*-?%\}/g,
    put: () => '',
  },
  {
    pattern: /\{\{[<%](?!\/\*)[^\n]*?[>%]\}\}/g,
    put: () => '',
    outcome: 'shortcode left out; the text in it stays',
  },
  { pattern: /\{%[^\n]*?%\}/g, put: () => '', outcome: 'Liquid left out; the text in it stays' },
  // Obsidian: pictures and notes by name.
  {
    pattern:
      /!\[\[([^[\]|#\n]+\.(?:avif|gif|jpe?g|png|svg|tiff?|webp|bmp))(?:\|([^[\]\n]*))?\]\]/gi,
    put: (name = '', words = '') =>
      `![${/^\d+(?:x\d+)?$/.test(words ?? '') ? '' : escapeAlt(words ?? '')}](ref:${encodeURI(name.trim())})`,
  },
  {
    pattern: /!\[\[([^[\]\n]+)\]\]/g,
    put: (name = '') => `[${escapeAlt(name)}](ref:${encodeURI(name.replace(/[|#].*/, '').trim())})`,
    severity: 'changed',
    outcome: 'a note shown inside another one became a link',
  },
  {
    pattern: /\[\[([^[\]|#\n]*)(#[^[\]|\n]*)?(?:\|([^[\]\n]+))?\]\]/g,
    put: (name = '', heading = '', words = '') =>
      name === ''
        ? undefined
        : `[${escapeAlt(words || name + (heading ?? '').replace('#', ' › '))}](ref:${encodeURI(name.trim())})`,
  },
  {
    pattern: /%%[\s\S]*?%%/g,
    put: () => '',
    outcome: 'a private comment, left out',
  },
  {
    pattern:
      /^[ \t]*<!--\s*(?:more|truncate|excerpt)\s*-->[ \t]*\n?|^[ \t]*\{\/\*\s*truncate\s*\*\/\}[ \t]*\n?/gim,
    put: () => '',
    severity: 'changed',
    outcome: 'the mark of the excerpt, left out',
  },
  // Docusaurus and others: :::note Title … :::
  {
    pattern:
      /^([ \t]*):::+[ \t]*(?:\{)?([\w-]+)\}?(?:[ \t]*\[([^\]\n]*)\]|[ \t]+([^\n{]*))?(?:\{[^\n}]*\})?[ \t]*$/gm,
    put: (indent, kind = '', boxed = '', title = '') =>
      `${indent}**${(boxed || title || '').trim() || kind.charAt(0).toUpperCase() + kind.slice(1)}**\n`,
    severity: 'changed',
    outcome: 'a box became a paragraph in bold and plain text',
  },
  { pattern: /^[ \t]*:::+[ \t]*$/gm, put: () => '' },
]

const kramdownRules: Rule[] = [
  {
    pattern: /^[*-][^\n]*\n\{:\s*toc\b[^}\n]*\}[ \t]*$/gim,
    put: () => '',
    outcome: 'the mark of a table of contents, left out',
  },
  {
    pattern: /[ \t]*\{:[^}\n]{0,300}\}/g,
    put: () => '',
    severity: 'changed',
    outcome: 'attributes left out',
  },
]

const mdxRules: Rule[] = [
  {
    pattern: /^(?:import\s[^\n]*?from\s*['"][^'"\n]*['"];?|import\s*['"][^'"\n]*['"];?)[ \t]*$/gm,
    put: () => '',
    outcome: 'an import of a component, left out',
  },
  {
    pattern: /^export\s+(?:const|let|var|function|default)\b[\s\S]*?\n(?=\n)/gm,
    put: () => '',
    outcome: 'code of the page, left out',
  },
  {
    pattern: /\{\/\*(?!\s*truncate)[\s\S]*?\*\/\}/g,
    put: () => '',
    outcome: 'a comment that nobody saw, left out',
  },
  { pattern: /<\/[A-Z][\w.]*\s*>/g, put: () => '' },
  {
    pattern: /<[A-Z][\w.]*(?:\s(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{[^{}]*\})*)?\/?>/g,
    put: () => '',
    outcome: 'a component left out; the text in it stays',
  },
]
