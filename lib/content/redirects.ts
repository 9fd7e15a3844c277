import { decodeText } from './encoding/decode-text.ts'
import { quote } from './front-matter/finding.ts'
import type { Problem } from './problem.ts'
import { maxFileBytes } from './read-content-folder.ts'
import type { RawFile } from './read-markdown-file.ts'

/** One line of `redirects.txt`. `from` is decoded and begins with a slash; `line` counts from 1. */
export type Redirect = { from: string; line: number } & (
  | { status: 301 | 302 | 308; to: string }
  | { status: 410; to: undefined }
)

const mostRedirects = 10_000

/**
 * `content/redirects.txt` → its redirects: `/old /new`, then 301, 302 or 308 (301 when left out), or
 * `/old 410` for what is gone. Blank lines and what follows ` #` are passed over. A line that cannot
 * be followed is an error and left out; the others count. Of two lines for one address the first
 * counts, and lines that lead in a circle are all left out. A target elsewhere has to be an https
 * address, and is a warning: readers leave the site there.
 */
export function parseRedirects(file: RawFile): { redirects: Redirect[]; problems: Problem[] } {
  const problems: Problem[] = []
  const report = (line: number, severity: Problem['severity'], found: string, expected: string) => {
    problems.push({ severity, file: file.path, line, field: 'redirect', found, expected })
  }
  if (file.bytes.length > maxFileBytes) {
    // Of a larger file nothing more was read: its size is not known here.
    const limit = `${maxFileBytes / 1024 / 1024} MB`
    report(1, 'error', `more than ${limit}`, `at most ${limit}`)
    return { redirects: [], problems }
  }
  const byFrom = new Map<string, Redirect>()
  const lines = decodeText(file.bytes).text.split('\n')
  for (const [at, text] of lines.entries()) {
    const line = at + 1
    const words = text
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
    if (words[0] === '') continue
    const redirect = parseLine(words, line)
    if (typeof redirect === 'string') {
      report(line, 'error', quote(text.trim()), redirect)
      continue
    }
    const earlier = byFrom.get(redirect.from)
    if (earlier) {
      report(line, 'error', quote(redirect.from), `an address once: line ${earlier.line} has it`)
      continue
    }
    if (byFrom.size >= mostRedirects) {
      const rest = `this line and ${lines.length - at - 1} more`
      report(line, 'error', rest, `at most ${mostRedirects} redirects: none of these is followed`)
      break
    }
    byFrom.set(redirect.from, redirect)
    if (redirect.to?.startsWith('https:')) {
      report(line, 'warning', quote(redirect.to), 'an address of this site: readers leave it here')
    }
  }
  for (const { from, line } of findCircles(byFrom)) {
    report(line, 'error', quote(from), 'a redirect that ends: this one leads back to itself')
    byFrom.delete(from)
  }
  problems.sort((a, b) => a.line - b.line)
  return { redirects: [...byFrom.values()], problems }
}

/** A redirect, or what was expected instead. */
function parseLine(words: string[], line: number): Redirect | string {
  const [first = '', second = '', third, ...more] = words
  const from = parsePath(first)
  if (from === undefined || first.includes('?')) return 'a path of this site first, such as /old'
  if (second === '410' && third === undefined) return { from, line, status: 410, to: undefined }
  if (third === '410' || more.length > 0) return '/old /new 301, or /old 410'
  const to = toTarget(second)
  if (to === undefined) return 'a path such as /new, or an https:// address, as the target'
  const status = third ?? '301'
  if (status !== '301' && status !== '302' && status !== '308') return '301, 302, 308 or 410'
  return { from, line, to, status: Number(status) as 301 | 302 | 308 }
}

/** A decoded path without its query; undefined for what no request can ask for. */
function parsePath(text: string): string | undefined {
  if (!/^\/(?![/\\])/.test(text)) return undefined
  try {
    const path = decodeURIComponent(text.replace(/[?#].*$/, '')).normalize('NFC')
    const isPlain = !/[\p{Cc}\\]|\/\/|\/\.{1,2}(?:\/|$)/u.test(path)
    return isPlain ? (path.length > 1 ? path.replace(/\/$/, '') : path) : undefined
  } catch {
    return undefined
  }
}

/** As it may stand in a Location header. */
function toTarget(text: string): string | undefined {
  const base = 'https://site.invalid'
  if (text.startsWith('/')) {
    if (parsePath(text) === undefined) return undefined
    const { pathname, search, hash } = new URL(text, base)
    return pathname + search + hash
  }
  if (!text.startsWith('https://') || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.username === '' && url.password === '' ? url.href : undefined
}

/** Every redirect from which the way leads round. */
function findCircles(byFrom: ReadonlyMap<string, Redirect>): Redirect[] {
  const next = ({ to }: Redirect) => {
    const path = to === undefined ? undefined : parsePath(to)
    return path === undefined ? undefined : byFrom.get(path)
  }
  const circular: Redirect[] = []
  const known = new Set<Redirect>()
  for (const start of byFrom.values()) {
    const way: Redirect[] = []
    for (let at: Redirect | undefined = start; at && !known.has(at); at = next(at)) {
      known.add(at)
      way.push(at)
    }
    const last = way.at(-1)
    const back = last && next(last)
    const begin = back ? way.indexOf(back) : -1
    if (begin !== -1) circular.push(...way.slice(begin))
  }
  return circular
}
