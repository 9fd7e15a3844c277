/**
 * A feed's XML with what most often breaks it mended: characters that XML does not have, ampersands
 * and angle brackets that stand for themselves, HTML's named characters, and an end that is missing.
 * What was lost at the end is one story at most. The result may be as broken as before.
 */
export function repairXml(xml: string): string {
  const valid = xml.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
  let mended = ''
  let end = 0
  for (;;) {
    const start = valid.indexOf('<![CDATA[', end)
    const close = start === -1 ? -1 : valid.indexOf(']]>', start)
    if (close === -1) return closeFeed(mended + mendText(valid.slice(end)))
    mended += mendText(valid.slice(end, start)) + valid.slice(start, close + 3)
    end = close + 3
  }
}

const named: Record<string, string> = {
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  euro: '€',
  pound: '£',
  copy: '©',
  trade: '™',
  bull: '•',
}

function mendText(text: string): string {
  return text
    .replace(/&([a-z]{2,8});/gi, (reference, name: string) => named[name] ?? reference)
    .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;')
    .replace(/<(?![a-z_/!?])/gi, '&lt;')
}

/** Cuts behind the last whole story and closes what is open, if the root never closes. */
function closeFeed(xml: string): string {
  const root = /<(rss|feed|rdf:RDF)\b/i.exec(xml)?.[1]
  if (root === undefined || new RegExp(`</${root}\\s*>\\s*$`, 'i').test(xml)) return xml
  const story = root.toLowerCase() === 'feed' ? '</entry>' : '</item>'
  const end = xml.lastIndexOf(story)
  if (end === -1) return xml
  const channel = root.toLowerCase() === 'rss' ? '</channel>' : ''
  return `${xml.slice(0, end + story.length)}${channel}</${root}>`
}
