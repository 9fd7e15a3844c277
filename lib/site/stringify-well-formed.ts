/**
 * JSON in which every string is whole: halves of surrogate pairs, which some parsers refuse, come out
 * as U+FFFD.
 */
export function stringifyWellFormed(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    typeof part === 'string' ? part.toWellFormed() : part,
  )
}
