/**
 * HTML with everything between a `<` and the next `>` replaced, in time proportional to the text: the
 * expression `<[^>]*>` looks through the rest of the text again for every `<` that is never closed.
 */
export function stripTags(html: string, replacement: string): string {
  let text = ''
  let end = 0
  for (;;) {
    const start = html.indexOf('<', end)
    const close = start === -1 ? -1 : html.indexOf('>', start)
    if (close === -1) return text + html.slice(end)
    text += html.slice(end, start) + replacement
    end = close + 1
  }
}

/** HTML without its `<script>` and `<style>` elements, each replaced by a space. */
export function stripScripts(html: string): string {
  const opening = /<(script|style)\b/gi
  const unclosed = new Set<string>()
  let text = ''
  let end = 0
  for (let match = opening.exec(html); match; match = opening.exec(html)) {
    const name = (match[1] ?? '').toLowerCase()
    if (unclosed.has(name)) continue
    const closing = name === 'script' ? /<\/script\s*>/gi : /<\/style\s*>/gi
    closing.lastIndex = opening.lastIndex
    if (!closing.test(html)) {
      unclosed.add(name)
      continue
    }
    text += `${html.slice(end, match.index)} `
    end = closing.lastIndex
    opening.lastIndex = end
  }
  return text + html.slice(end)
}
