/**
 * The address of a request, parsed once. No other code sees another spelling of it: a request could get
 * past a rule if two parsers read one text differently. Letter case and redirects of pages are decided
 * later, in `server/pages/resolve-path.ts`.
 */
export type Address = {
  /** The one true spelling: percent-encoded as `encodeURIComponent` does, no slash at the end. */
  path: string
  /** The same decoded, in Unicode NFC; empty for `/`. None is empty, dotted, or holds a slash. */
  segments: readonly string[]
  /** The query with its question mark, in printable ASCII; empty when there is none. */
  search: string
}

export type ParsedTarget =
  | { kind: 'address'; address: Address }
  /** Another spelling of an address: `location` is the true one. */
  | { kind: 'moved'; location: string }
  /** Not an address of anything; `sentence` says why. */
  | { kind: 'refused'; sentence: string }

/** Most addresses: nothing in them can be spelled in another way. */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.~!*'()-]*)+$/

/**
 * Reads the target of a request line (RFC 9112, 3.2) in origin form or absolute form. The host
 * of the absolute form is ignored: the server has one site.
 */
export function parseTarget(target: string): ParsedTarget {
  const origin = toOriginForm(target)
  if (!origin.startsWith('/')) return refuse('The address of a page begins with a slash.')
  if (/[^\x21-\x7e]|#/.test(origin)) return refuse('The address holds a character that none may.')
  const at = origin.indexOf('?')
  const path = at === -1 ? origin : origin.slice(0, at)
  const search = at === -1 ? '' : origin.slice(at)
  if (plainPath.test(path)) {
    return { kind: 'address', address: { path, segments: path.slice(1).split('/'), search } }
  }
  const segments: string[] = []
  for (const raw of path.split('/')) {
    if (raw === '') continue
    const segment = decode(raw)
    if (segment === undefined) return refuse('The address has a broken percent-encoding.')
    if (segment === '.' || segment === '..') return refuse('The address holds a dot segment.')
    if (/[/\\\p{Cc}]/u.test(segment)) {
      return refuse('The address holds an encoded slash, a backslash or a control character.')
    }
    segments.push(segment)
  }
  const truePath = toPath(segments)
  return path === truePath
    ? { kind: 'address', address: { path, segments, search } }
    : { kind: 'moved', location: truePath + search }
}

/** The one true spelling of a path of decoded segments. */
export const toPath = (segments: readonly string[]): string =>
  `/${segments.map(encodeURIComponent).join('/')}`

function toOriginForm(target: string): string {
  const [authority] = /^https?:\/\/[^/?#]+/i.exec(target) ?? []
  if (authority === undefined) return target
  const rest = target.slice(authority.length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

function decode(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw).normalize('NFC')
  } catch {
    return undefined
  }
}

const refuse = (sentence: string): ParsedTarget => ({ kind: 'refused', sentence })
