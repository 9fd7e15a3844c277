/** U+2060. It shows nothing, breaks no line, and no address goes on behind it. */
const wordJoiner = '\u2060'

/**
 * Plain text of others as Markdown that shows it as it is: no emphasis, links, pictures, code,
 * headings, lists, tables, footnotes, references or HTML come of it. All text of sources and models
 * gets into bodies through this function or `toLink`.
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

/** A link of ours to an address of others. The address is absolute, as `URL` writes it. */
export function toLink(text: string, url: string): string {
  const target = url
    .replaceAll('\\', '%5C')
    .replaceAll('<', '%3C')
    .replaceAll('>', '%3E')
    .replace(/&(?=#?\w+;)/g, '%26')
  return `[${escapeMarkdown(text)}](<${target}>)`
}
