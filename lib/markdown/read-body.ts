import type { Root as HtmlRoot } from 'hast'
import type { Nodes, Root } from 'mdast'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { sanitizeSchema } from './allowed-html.ts'
import { type BodyFinding, cleanBody } from './clean-body.ts'
import { rehypeRawHtml, toWords } from './rehype-raw-html.ts'
import { findExcessCells, gfmOptions, remarkKeepText } from './remark-keep-text.ts'

export type ReadBody = {
  /** The Markdown that is kept and shown: without comments, scripts and the like. See `cleanBody`. */
  body: string
  /** Its words as the page shows them, on one line; undefined where there is no HTML in it. */
  words: string | undefined
  findings: BodyFinding[]
}

/** An HTML tag, not an address in angle brackets. */
const html = /<\/?[a-z][a-z0-9.-]*(?:[\s/>]|$)/im
/**
 * What deserves a second look: text, and what has to stand around it. Most bodies have none of it, and
 * parsing takes a hundred times as long. Looking for texts is ten times as fast as one expression for all.
 */
const unusual: [text: string, around?: RegExp][] = [
  ...['[[', '[^', ']:', '==', '{%', '{{', '{/*'].map((text): [string] => [text]),
  ['[!', /^[ \t>]*\[!/m],
  ['[', /\[toc\]/i],
  [':::', /^:::/m],
  ['*', /\d\*\d/],
  ['>', /^>[\d$€₴£]/m],
  ['|', /^(?=[^\n]*-)(?=[^\n]*\|)[ \t>|:-]+$/m],
  ['', /^(?:import|export)\s/im],
]

const isUnusual = (body: string): boolean =>
  unusual.some(([text, around]) => body.includes(text) && (around?.test(body) ?? true))

/**
 * What a body is, for everyone who shows, counts, searches or feeds it, and what its authors should
 * know: what is left out, what is printed as it was written, and what cannot be right. Text that the
 * page does not show is always named. Throws `RangeError` for elements that stand in each other too deeply.
 */
export function readBody(source: string): ReadBody {
  const { body, findings } = cleanBody(source)
  const hasHtml = html.test(body)
  if (!hasHtml && !isUnusual(body)) return { body, words: undefined, findings }
  const tree = parser.parse(body)
  findings.push(...findLeftovers(tree, body), ...findUnshown(tree))
  let words: string | undefined
  if (hasHtml) {
    const toMarkup = unified()
      .use(remarkKeepText)
      .use(remarkRehype, { allowDangerousHtml: true })
      .use(rehypeRawHtml, (finding: BodyFinding) => findings.push(finding))
      .use(rehypeSanitize, sanitizeSchema)
    words = toWords(toMarkup.runSync(tree, body) as HtmlRoot)
  }
  return { body, words, findings: findings.sort((a, b) => a.line - b.line) }
}

const parser = unified().use(remarkParse).use(remarkGfm, gfmOptions).freeze()

/** Marks of other tools. They are printed as they were written. */
const leftovers: [mark: RegExp, name: string, expected: string][] = [
  [/!\[\[[^\]\n]{1,200}\]\]/, 'an embedding of Obsidian', '![what it shows](media/…)'],
  [/\[\[[^\]\n]{1,200}\]\]/, 'a link of a wiki', '[text](/article/…)'],
  [/^\[![\w-]{1,30}\]/, 'a callout', 'a quotation in words of its own'],
  [/(?<!=)==[^=\s][^=\n]{0,200}==(?!=)/, 'a highlight', '<mark>…</mark>'],
  [/\{%.{0,200}%\}|\{\{.{0,200}\}\}/, 'a tag of a template', 'the text that it stands for'],
  [/\{\/\*/, 'a comment of MDX', '<!-- … -->'],
  [/^:::/, 'a block of another tool', 'Markdown'],
  [
    /^import\s.{1,200}\sfrom\s+['"]|^import\s+['"]|^export\s+(?:const|default|function)\s/m,
    'code of MDX',
    'Markdown',
  ],
  [/^\[toc\]$|^\[\[_?toc_?\]\]$/im, 'a table of contents', 'nothing: pages have their own'],
  [/\[\^[^\]\s]{1,100}\]/, 'a footnote mark without a footnote', '[^name]: text'],
]

function findLeftovers(tree: Root, body: string): BodyFinding[] {
  const findings: BodyFinding[] = []
  visit(tree, (node) => {
    if (node.type === 'blockquote') {
      const at = node.position?.start.offset ?? 0
      const sign = /^>[\d$€₴£]\S*/.exec(body.slice(at, at + 40))?.[0]
      if (!sign) return
      const expected = `> and a space before a quotation, or \\${sign} for the sign itself`
      findings.push({
        severity: 'warning',
        line: lineOf(node),
        found: JSON.stringify(sign),
        expected,
      })
    }
    if (node.type !== 'text') return
    const start = node.position?.start.offset ?? 0
    const written = body.slice(start, node.position?.end.offset ?? start)
    const seen = new Set<number>()
    for (const [mark, name, expected] of leftovers) {
      const match = mark.exec(written)
      if (!match || seen.has(match.index) || written[match.index - 1] === '\\') continue
      seen.add(match.index).add(match.index + 1)
      findings.push({
        severity: 'warning',
        line: lineOf(node) + written.slice(0, match.index).split('\n').length - 1,
        found: `${name}, ${JSON.stringify(match[0].slice(0, 40))}`,
        expected: `${expected}; it is printed as written`,
      })
    }
  })
  return findings
}

/** What Markdown takes out of a text: notes and definitions that nothing refers to, and too many cells. */
function findUnshown(tree: Root): BodyFinding[] {
  const findings: BodyFinding[] = []
  const warn = (line: number, found: string, expected: string) =>
    findings.push({ severity: 'warning', line, found, expected })
  const notes = new Set<string>()
  const links = new Set<string>()
  visit(tree, (node) => {
    if (node.type === 'footnoteReference') notes.add(node.identifier)
    if (node.type === 'linkReference' || node.type === 'imageReference') links.add(node.identifier)
  })
  const defined = new Set<string>()
  visit(tree, (node) => {
    if (node.type === 'footnoteDefinition') {
      const isKnown = defined.has(node.identifier)
      defined.add(node.identifier)
      if (!notes.has(node.identifier)) {
        warn(
          lineOf(node),
          `the footnote ${node.label}`,
          `[^${node.label}] in the text; it is left out`,
        )
      } else if (isKnown) {
        warn(lineOf(node), `a second footnote ${node.label}`, 'another name; it is left out')
      }
    }
    if (node.type === 'definition' && !links.has(node.identifier) && !/[/.#:]/.test(node.url)) {
      const found = JSON.stringify(`[${node.label}]: ${node.url}`.slice(0, 60))
      warn(lineOf(node), found, 'text that is no definition of a link: \\[ prints a bracket')
    }
    if (node.type !== 'table') return
    for (const { line, cells } of findExcessCells(node)) {
      const found = `${cells} cell${cells === 1 ? '' : 's'} more than the head of the table has`
      warn(line, found, 'a head with a cell for each column')
    }
  })
  return findings
}

const lineOf = ({ position }: Nodes): number => position?.start.line ?? 1
