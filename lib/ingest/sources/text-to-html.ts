/** Plain text → HTML with a paragraph for every blank line. */
export function textToHtml(text: string): string {
  const hasBlankLines = text.includes('\n\n')
  return text
    .split(/\n\s*\n/)
    .map((part) => (hasBlankLines ? `<p>${escapeHtml(part)}</p>` : escapeHtml(part)))
    .join('')
}

/** Text that HTML shows as it is. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
