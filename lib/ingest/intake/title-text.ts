import { decodeHTML } from 'entities'
import { stripScripts } from './strip-tags.ts'
import { markScripts } from './superscripts.ts'

/** In characters of HTML; a title has a few hundred. */
const maxLength = 5000

const inline = new Set(
  (
    'a abbr acronym b bdi bdo big blink center cite code del dfn div em font h1 h2 h3 h4 h5 h6 i ins ' +
    'kbd li mark nobr ol p q s samp small span strike strong sub sup tt u ul var'
  ).split(' '),
)
const empty = new Set('br hr img wbr'.split(' '))

/**
 * A title as text. Feeds send titles as plain text, as HTML, and as HTML that was escaped twice, and
 * seldom say which. A tag is markup when HTML has an element of its name and the element has an end, or
 * needs none; any other angle bracket is a character of the title: `A<B`, `the <div> tag`,
 * `<hello-world>`. With `isHtml` the source says that it is HTML, and an element needs no end.
 */
export function toTitleText(written: string, { isHtml }: { isHtml: boolean }): string {
  const html = markScripts(stripScripts(written.slice(0, maxLength)))
  const once = decodeHTML(withoutMarkup(html, isHtml))
  return /&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/i.test(once) ? decodeHTML(once) : once
}

function withoutMarkup(html: string, isHtml: boolean): string {
  const ends = new Map<string, number>()
  for (const match of html.matchAll(/<\/([a-z][a-z\d]*)\s*>/gi)) {
    ends.set((match[1] ?? '').toLowerCase(), match.index)
  }
  const opened = new Map<string, number>()
  return html.replace(
    /<(\/?)([a-z][a-z\d]*)(?:\s[^<>]*|\/)?>|<!--.*?-->/gis,
    (tag, slash?: string, name?: string, at?: number) => {
      if (name === undefined) return ''
      const element = name.toLowerCase()
      if (empty.has(element)) return element === 'wbr' ? '' : ' '
      if (!inline.has(element)) return tag
      const open = opened.get(element) ?? 0
      if (slash) {
        opened.set(element, open - 1)
        return open > 0 || isHtml ? '' : tag
      }
      if (!isHtml && (ends.get(element) ?? -1) < (at ?? 0)) return tag
      opened.set(element, open + 1)
      return ''
    },
  )
}
