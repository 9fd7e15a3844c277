/** Plain text → HTML with a paragraph for every blank line. */
export function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((part) => (text.includes('\n\n') ? `<p>${escapeHtml(part)}</p>` : escapeHtml(part)))
    .join('')
}

/** Text that HTML shows as it is. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
