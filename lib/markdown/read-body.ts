import { createRequire } from 'node:module'

/** Something in a body that an editor should know of. `line` counts from 1 in the body. */
export type BodyFinding = {
  severity: 'error' | 'warning'
  line: number
  found: string
  expected: string
}

export type ReadBody = {
  /** The Markdown that is kept and shown: without comments, scripts and the like. See `cleanBody`. */
  body: string
  /** Its words as the page shows them, on one line; undefined where there is no HTML in it. */
  words: string | undefined
  findings: BodyFinding[]
}

/** A tag of HTML; an address in angle brackets is none. */
const html = /<\/?[a-z][a-z0-9.-]*(?:[\s/>]|$)/im
const conflict = /^[<>]{7}(?:[ \t]|$)/m
const hiddenMark = /<!--|%%|^[ \t>]*\[(?:\/\/|comment)\]:/im
/** What deserves a second look. Most bodies have none of it. */
const unusual =
  /\[\[|\[\^|^[ \t>]*\[!|==|\{%|\{\{|\{\/\*|^:::|^(?:import|export)\s|\d\*\d|^>[\d$€₴£]|^(?=[^\n]*-)(?=[^\n]*\|)[ \t>|:-]+$|\]:|\[toc\]/im

export const hasHtml = (body: string): boolean => html.test(body)

/** Most bodies have nothing to find, and the parsers take a quarter of a second to load. */
const load = createRequire(import.meta.url)

/**
 * What a body is, for everyone who shows, counts, searches or feeds it, and what its authors should
 * know: what is left out, what is printed as it was written, and what cannot be right. Text that the
 * page does not show is always named. Throws `RangeError` for elements that stand in each other too deeply.
 */
export function readBody(source: string): ReadBody {
  const needsParsing = (body: string) => hasHtml(body) || unusual.test(body)
  if (!needsParsing(source) && !hiddenMark.test(source) && !conflict.test(source)) {
    return { body: source, words: undefined, findings: [] }
  }
  const { parseBody }: typeof import('./parse-body.ts') = load('./parse-body.ts')
  return parseBody(source, needsParsing)
}
