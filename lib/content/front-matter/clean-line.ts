const dirt = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u

/**
 * Text for one line: no control characters, lone surrogates or marks that override the direction of
 * what follows; runs of white space become one space. No-break spaces, joiners and direction marks
 * that affect only themselves stay, and so do isolates that are closed again.
 */
export function cleanLine(text: string): string {
  const trimmed = text.trim().replace(/[ \t\n\r]{2,}|[\t\n\r]/g, ' ')
  if (!dirt.test(trimmed)) return trimmed
  const plain = trimmed
    .replace(/[\u2028\u2029]/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\uFEFF]/gu, '')
  return (hasBalancedIsolates(plain) ? plain : plain.replace(/[\u2066-\u2069]/g, ''))
    .replace(/ {2,}/g, ' ')
    .trim()
}

function hasBalancedIsolates(text: string): boolean {
  let open = 0
  for (const [mark] of text.matchAll(/[\u2066-\u2069]/g)) {
    open += mark === '\u2069' ? -1 : 1
    if (open < 0) return false
  }
  return open === 0
}
