/**
 * The path segment of a category or a tag: its front matter value in lower case, with a hyphen for
 * every run of characters that are neither letters nor digits.
 *
 * `TRADING` → `trading`, `LAYER 2` → `layer-2`, `БІРЖА` → `біржа`. Values that differ only in case,
 * spaces or punctuation share a segment and therefore a page. A value with no letter or digit has
 * no segment: the answer is the empty string, and content parsing refuses it.
 */
export function toSegment(value: string): string {
  return value
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

/** Whether an author may be named so in addresses: `olena-koval`. Other names are names only. */
export const isAuthorKey = (text: string): boolean =>
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 100
