import { escapeUTF8 } from 'entities'

/** HTML that may stand in a page as it is. Only `html` and `trusted` make it. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

/** What may stand in a template: nothing is shown for `undefined` and `false`. */
export type Part = Html | string | number | undefined | false | readonly Part[]

/**
 * A piece of HTML: everything put into it is text and becomes escaped, in elements and in quoted
 * attributes, unless it is HTML made in the same way. Lists are put one after the other.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((before, text, at) => before + toText(parts[at - 1]) + text))
}

/** HTML from another place than a template of ours: of the site's own renderer. */
export const trusted = (text: string): Html => new Html(text)

function toText(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'string') return escapeUTF8(part)
  return typeof part === 'number' ? String(part) : part.map(toText).join('')
}
