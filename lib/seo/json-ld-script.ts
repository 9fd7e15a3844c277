const escapes: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/**
 * A value as JSON that can stand in `<script type="application/ld+json">`: nothing in it can end
 * the element or open a comment, and it means the same as plain JSON. Lone surrogates become
 * U+FFFD; properties that are undefined are left out.
 */
export function toJsonLdScript(value: object): string {
  const json = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed() : part,
  )
  return json.replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? '')
}
