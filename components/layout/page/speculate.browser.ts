/**
 * Gives the browser the rules by which it may fetch pages before they are asked for. Not in a header or
 * in the markup: they would arrive while the text and its picture are awaited.
 */
export async function start(): Promise<void> {
  if (!HTMLScriptElement.supports?.('speculationrules')) return
  const response = await fetch('/speculation-rules.json')
  if (!response.ok) return
  const rules = document.createElement('script')
  rules.type = 'speculationrules'
  rules.dataset.dateline = ''
  rules.textContent = await response.text()
  document.head.append(rules)
}
