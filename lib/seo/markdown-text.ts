/**
 * Text as one line of Markdown that shows just that text: signs that could mean something are
 * escaped, line breaks and other control characters become spaces.
 */
export function toMarkdownText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_[\]<>&~|!#]/g, '\\$&')
    .trim()
}
