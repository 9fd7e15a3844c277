import type { Locale } from '#lib/site/locales.ts'
import type { Heading } from './rehype-house-style.ts'

/** Everything that markup is made from. The same request always becomes the same markup. */
export type BodyRequest = {
  /** Markdown with `\n` line ends. */
  body: string
  locale: Locale
  /** Our own origin. */
  siteUrl: string
  /** Absolute, of what feeds carry; undefined for a body that stands in no feed. */
  articleUrl: string | undefined
  /** The body is one that `arrangeUpdates` made. */
  isLive?: boolean
}

/** A link or a picture with a path of the site: what it leads to is asked when a page is made. */
export type Hole = { kind: 'link' | 'picture'; path: string }

/** HTML around holes: the first text, the first hole, and so on; one text more than holes. */
export type Markup = { texts: string[]; holes: Hole[] }

export type CompiledBody = {
  page: Markup
  /** Every address in it is absolute once it is filled. */
  feed: Markup | undefined
  /** For a table of contents. */
  headings: Heading[]
}

/**
 * Markup → HTML. `fill` says the value of a hole: an address for a link; for a picture all attributes
 * that it has besides its text.
 */
export function fillMarkup(
  { texts, holes }: Markup,
  fill: (hole: Hole) => string | Record<string, string | number | undefined>,
): string {
  return texts
    .map((text, at) => {
      const hole = holes[at]
      return hole ? text + toAttributes(fill(hole)) : text
    })
    .join('')
}

/** A hole stands between the quotation marks of `href` or `src`. */
function toAttributes(value: string | Record<string, string | number | undefined>): string {
  if (typeof value === 'string') return escapeHtml(value)
  const { src = '', ...others } = value
  const more = Object.entries(others).flatMap(([name, of]) =>
    of === undefined ? [] : [`" ${name.toLowerCase()}="${escapeHtml(String(of))}`],
  )
  return escapeHtml(String(src)) + more.join('')
}

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => references[sign] ?? sign)

/** A body as it stands, in paragraphs: for one that has no markup. */
export function toPlainBody({ body, articleUrl }: BodyRequest): CompiledBody {
  const paragraphs = body.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '')
  const html = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')
  const markup: Markup = { texts: [html], holes: [] }
  return { page: markup, feed: articleUrl === undefined ? undefined : markup, headings: [] }
}

type Compile = (request: BodyRequest) => Promise<CompiledBody>

declare global {
  var datelineBodyCompiler: Compile | undefined
}

/**
 * Compiles bodies for pages and feeds. The framework bundles its own copy of every module, so it meets
 * the compiler of the process on `globalThis`. Throws when there is none.
 */
export const compileServedBody: Compile = (request) => {
  const compile = globalThis.datelineBodyCompiler
  if (!compile) throw new Error('No compiler of bodies: pages exist only inside the server.')
  return compile(request)
}

export function provideBodyCompiler(compile: Compile): void {
  globalThis.datelineBodyCompiler = compile
}
