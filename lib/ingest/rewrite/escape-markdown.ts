/**
 * Plain text as Markdown that shows it as it is: no emphasis, links, pictures, code, headings, lists
 * or HTML come of it. Bare addresses lose what makes them links.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/^(\s*)([#+-])(?=\s)/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s)/, '$1\\$2')
    .replace(/^(\s*)(-{3,}|={3,})/, '$1\\$2')
    .replace(/&(?=#?\w+;)/g, '\\&')
}
