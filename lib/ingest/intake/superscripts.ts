import { stripTags } from './strip-tags.ts'

/**
 * HTML with `<sup>` and `<sub>` as text, because Markdown and plain text have neither and the figure
 * must not change: 10<sup>18</sup> → 10^18, and 0.0<sub>6</sub>42, which is how prices with many zeros
 * are written, → 0.0₆42. Raised digits of Unicode would become ordinary ones where text is normalised
 * (NFKC). What changes no number is only joined: 1<sup>st</sup>, H<sub>2</sub>O.
 */
export function markScripts(html: string): string {
  let text = html
  // From the innermost outwards; more than three levels no figure has.
  for (let level = 0; level < 3 && /<su[bp]\b/i.test(text); level += 1) text = markInnermost(text)
  return text
}

/** Longer ones are no figures, in characters of HTML. */
const longest = 300

const innermost = new RegExp(
  `<(su[bp])(?:\\s[^<>]*)?>((?:(?!<su[bp]\\b).){0,${longest}}?)</\\1\\s*>(?=(.?))`,
  'gis',
)

function markInnermost(html: string): string {
  return html.replace(innermost, (_, name: string, inner: string, next: string, at: number) => {
    const text = stripTags(inner, '').trim()
    if (text === '') return ''
    const before = /[\p{L}\p{N})\]]$/u.exec(html.slice(Math.max(0, at - 2), at))?.[0] ?? ''
    return join(before, name.toLowerCase(), text, /[\p{L}\p{N}]/u.test(next))
  })
}

function join(before: string, name: string, text: string, hasNext: boolean): string {
  const isNumber = /^[+\-−–]?\d/.test(text)
  const isOrdinal = /^(?:st|nd|rd|th|er|e|o|a|º|ª|tm|sm|r|®|™|©)$/i.test(text)
  if (before === '' || isOrdinal) return text
  // H2O, CO2: a count of atoms, not a part of a figure.
  if (name === 'sub' && /\p{L}/u.test(before) && isNumber) return text
  if (name === 'sub' && /^\d+$/.test(text)) {
    return text.replace(/\d/g, (digit) => String.fromCodePoint(0x2080 + Number(digit)))
  }
  const isPlain = /^[+\-−–]?[\p{L}\p{N}.,]+$/u.test(text) && !hasNext
  return `${name === 'sup' ? '^' : '_'}${isPlain ? text : `(${text})`}`
}
