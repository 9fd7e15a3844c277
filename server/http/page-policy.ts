import { createHash } from 'node:crypto'
import { speculationRules } from '../endpoints/speculation-rules.ts'

/**
 * The Content-Security-Policy of pages for reading. They run no script of anybody else's. Inline they
 * hold `inlineScript`, word for word, and the rules for prefetching, which their module puts into them.
 */
export function toReadingPagePolicy(inlineScript?: string): string {
  const inline = [speculationRules, inlineScript].filter((text) => text !== undefined)
  return toPolicy(inline.map((text) => `'sha256-${digest(text)}'`).join(' '))
}

/** For pages that keep the framework's runtime, which begins with inline scripts. */
export const runtimePagePolicy = toPolicy("'unsafe-inline'")

/**
 * Inline styles are allowed as attributes only: the shapes of pictures and their prints stand in them.
 * Covers come from any https host.
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

const digest = (text: string) => createHash('sha256').update(text).digest('base64')
