/** U+2060: invisible, not a place for a line break, and the end of an address. */
const wordJoiner = '\u2060'

/**
 * Escapes plain text from outside, so that its Markdown shows it as it is: without emphasis, links,
 * pictures, code, headings, lists, tables, footnotes, references or HTML. All text of sources and models
 * that becomes part of a body passes through this function or `toLink`.
 *
 * Addresses that GFM would turn into links get a word joiner. A backslash does not help: remark looks
 * for addresses a second time, in the text that it has unescaped.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, (space) => (/[\n\r\u2028\u2029]/.test(space) ? ' ' : space))
    .replace(/^[ \t]+/, '')
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/^([#+-]+)(?=\s|$)/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^(?=-{3,}|={3,})/, '\\')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/(?<=https?:)(?=\/\/)|(?<=www)(?=\.)|(?<=@)(?=[\w-])/gi, wordJoiner)
}

/** What `escapeMarkdown` was given, apart from white space at its ends. */
export function unescapeMarkdown(markdown: string): string {
  return markdown.replaceAll(wordJoiner, '').replace(/\\([!-/:-@[-`{-~])/g, '$1')
}

/** A link to another site. The address is absolute, as `URL` writes it. */
export function toLink(text: string, url: string): string {
  const target = url
    .replaceAll('\\', '%5C')
    .replaceAll('<', '%3C')
    .replaceAll('>', '%3E')
    .replace(/&(?=#?\w+;)/g, '%26')
  return `[${escapeMarkdown(text)}](<${target}>)`
}
