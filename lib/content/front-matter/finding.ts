import type { Problem } from '../problem.ts'

/** Where a value stands in the front matter: `['coverImage', 'raw']`, `['tags', 2]`. */
export type FieldPath = (string | number)[]

/**
 * A problem that is not fully placed yet: it knows its field's path and wants a line, or it knows its
 * line and, unless `field` names it, wants the field that stands there.
 */
export type Finding = Pick<Problem, 'severity' | 'found' | 'expected'> &
  ({ path: FieldPath } | { line: number; field?: string })

const longest = 60

/**
 * A value as reports show it: quoted, on one line, at most 60 characters, with control and invisible
 * characters escaped; `nothing` when there is none. Looks at no more of the value than it shows.
 */
export function formatFound(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : shorten(render(value, 0))
}

function render(value: unknown, depth: number): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) {
    if (depth > 1) return '[…]'
    const shown = value.slice(0, 4).map((element) => render(element, depth + 1))
    return `[${[...shown, ...(value.length > 4 ? ['…'] : [])].join(', ')}]`
  }
  if (depth > 1) return '{…}'
  const keys = Object.keys(value)
    .slice(0, 4)
    .map((key) => escapeInvisible(key.slice(0, longest)))
  return `{${keys.join(', ')}}`
}

/** A text in double quotes, shortened and escaped. */
export function quote(text: string): string {
  const short = text.length > longest - 2 ? `${text.slice(0, longest - 3).toWellFormed()}…` : text
  return `"${escapeInvisible(short)}"`
}

function escapeInvisible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => {
    const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
    return named[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`
  })
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text
}
