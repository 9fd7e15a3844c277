import { createHash } from 'node:crypto'
import { speculationRules } from '../endpoints/speculation-rules.ts'

/**
 * The Content-Security-Policy of pages for reading. They run no script of anybody else's. Inline they
 * hold `inlineScript`, word for word, and the rules for prefetching, which their module puts into them.
 */
export const toReadingPagePolicy = (inlineScript?: string): string =>
  toPolicy(toDigests(inlineScript).join(' '))

/** For a page that is an application: its inline scripts carry a nonce made for this one answer. */
export const toApplicationPolicy = (nonce: string, inlineScript?: string): string =>
  toPolicy([`'nonce-${nonce}'`, ...toDigests(inlineScript)].join(' '))

/** For FRAMEWORK_RUNTIME=keep, where every page begins with the framework's inline scripts. */
export const runtimePagePolicy = toPolicy("'unsafe-inline'")

/** For files that are shown by themselves: a drawing may style itself, and does nothing else. */
export const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/**
 * Inline styles are allowed as attributes only: the shapes of pictures and their fallback art stand in
 * them. Covers come from any https host.
 */
function toPolicy(inlineScripts: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${inlineScripts}`,
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' https: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function toDigests(inlineScript: string | undefined): string[] {
  const inline = [speculationRules, inlineScript].filter((text) => text !== undefined)
  return inline.map((text) => `'sha256-${digest(text)}'`)
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64')
