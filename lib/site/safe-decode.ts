/** A percent-encoded text as it was meant; undefined when it is none. */
export function safeDecode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}
