const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/**
 * Text as it may stand in an element or an attribute of XML 1.0. Characters that XML has no way to
 * write (most control characters, U+FFFE, U+FFFF) are left out; lone surrogates become U+FFFD.
 */
export function escapeXml(text: string): string {
  return (isPlain.test(text) ? text : withoutUnwritable(text)).replace(
    /[&<>"']/g,
    (mark) => references[mark] ?? '',
  )
}

/** Most addresses are, and need not be looked through character by character. */
const isPlain = /^[ -~]*$/

const withoutUnwritable = (text: string) =>
  text.toWellFormed().replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
