import { createHash } from 'node:crypto'
import { speculationRules } from '../endpoints/speculation-rules.ts'

/** What the configuration adds to the policy of pages. */
export type PageParts = {
  /** Inline, word for word. */
  script?: string | undefined
  styles?: Iterable<string>
  /** Scripts of others: addresses, and the origins that they may speak to. */
  scripts?: { src: string; allow: string[] }[]
}

/**
 * The Content-Security-Policy of pages for reading. They run no script of anybody else's but those that
 * the configuration names. Inline they hold a script and styles of ours, word for word, and the rules for
 * prefetching, which their module puts into them.
 */
export const toReadingPagePolicy = (parts: PageParts = {}): string =>
  toPolicy(toDigests(parts.script).join(' '), parts)

/** For FRAMEWORK_RUNTIME=keep, where every page begins with the framework's inline scripts. */
export const toRuntimePagePolicy = (parts: PageParts = {}): string =>
  toPolicy("'unsafe-inline'", parts)

/**
 * For the desk: scripts of ours from files alone. Inline there are the style of the publication and those
 * that the editor of texts makes, with the nonce of one answer. A preview is shown in a frame.
 */
export const toDeskPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' https: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/**
 * For a page for reading that the desk shows in a frame of its own: nothing in it runs, and no link in it
 * takes the desk's place.
 */
export const toFramedPolicy = (readingPagePolicy: string): string =>
  `${readingPagePolicy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")}; sandbox allow-same-origin`

/** For files that are shown by themselves: a drawing may style itself, and does nothing else. */
export const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/**
 * Other inline styles are allowed as attributes only: the shapes of pictures and their fallback art stand in
 * them. Covers come from any https host.
 */
function toPolicy(inlineScripts: string, { styles = [], scripts = [] }: PageParts): string {
  const origins = (addresses: string[]) => {
    const others = addresses.filter((address) => address.startsWith('https://'))
    return [...new Set(others.map((address) => ` ${new URL(address).origin}`))].join('')
  }
  const spokenTo = scripts.flatMap(({ src, allow }) => [src, ...allow])
  return [
    "default-src 'none'",
    `script-src 'self' ${inlineScripts}${origins(scripts.map(({ src }) => src))}`,
    ["style-src 'self'", ...Array.from(styles, toDigest)].join(' '),
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' https: data:",
    "font-src 'self'",
    `connect-src 'self'${origins(spokenTo)}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function toDigests(inlineScript: string | undefined): string[] {
  const inline = [speculationRules, inlineScript].filter((text) => text !== undefined)
  return inline.map(toDigest)
}

const toDigest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
