/**
 * The words of a Markdown text, for full-text search, excerpts and word counts. Approximate and
 * fast: it reads no structure, it removes marks, in time proportional to the text. Texts of links,
 * alt texts and code stay; addresses, tags, footnote marks and table rules go. White space is
 * collapsed to single spaces.
 */
export function toPlainText(markdown: string): string {
  let text = markdown
  if (text.includes('<')) text = withoutTags(text)
  if (text.includes(']')) text = withoutLinks(text)
  if (text.includes('://') || text.includes('www.')) text = text.replace(bareUrl, '')
  if (text.includes('```') || text.includes('~~~')) text = text.replace(fence, '')
  text = text.replace(rule, '').replace(lineStart, '\n').replace(marks, '')
  if (text.includes('_')) text = text.replace(underscore, '')
  if (text.includes('|')) text = text.replaceAll('|', ' ')
  if (text.includes('&')) text = text.replace(entity, toCharacter)
  return text.replace(wideSpace, ' ').trim()
}

/** 1 between words, 2 within a word, 3 joins two parts of one word; 0 not looked at yet. */
const kinds = new Uint8Array(65_536)

/**
 * Counts runs of letters and digits; `it’s` and `well-known` are one word each. Remembers the kind
 * of each character, which is ten times as fast as a regular expression with Unicode classes.
 */
export function countWords(plainText: string): number {
  let count = 0
  let isInside = false
  for (let at = 0; at < plainText.length; at += 1) {
    const code = plainText.charCodeAt(at)
    if (kinds[code] === 0) kinds[code] = toKind(String.fromCharCode(code))
    if (kinds[code] === 1) isInside = false
    else if (kinds[code] === 2 && !isInside) {
      count += 1
      isInside = true
    }
  }
  return count
}

function toKind(character: string): number {
  if (/[\p{L}\p{M}\p{N}]/u.test(character)) return 2
  return /['’ʼ-]/.test(character) ? 3 : 1
}

/*
 * Every expression below either cannot fail after more than a bounded number of characters or does
 * not try again inside what it has failed on. That keeps a megabyte of brackets cheap.
 */

const bareUrl = /<?\b(?:https?:\/\/|www\.)[^\s<>)\]|]+>?/gi
/** Lines of nothing but rule: `---`, `***`, `===`, `|---|:--:|`. */
const rule = /\n[ \t]*[-=*_|:][-=*_|: \t]*(?=\n|$)/g
const fence = /^[ \t]*(?:`{3,}|~{3,}).*$/gm
const lineStart =
  /(?:^|\n)[ \t]*(?:>[ \t]?|#{1,6}[ \t]+|[-+*][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+)+/g
const marks = /[*`]+|~~+|\\(?=[!-/:-@[-`{-~])/g
const underscore = /(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu
const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,20});/gi
const wideSpace = / *[\t\n\f\r]\s*| {2,}/g

function withoutTags(markdown: string): string {
  return withoutComments(markdown).replace(
    /<\/?[a-z][a-z0-9-]{0,30}(?:[\s/][^<>]{0,2000})?>/gi,
    ' ',
  )
}

function withoutComments(markdown: string): string {
  const [first = '', ...rest] = markdown.split('<!--')
  if (rest.length === 0) return markdown
  const open = (part: string) => part.indexOf('-->')
  return first + rest.map((part) => (open(part) === -1 ? '' : part.slice(open(part) + 3))).join(' ')
}

/** Twice, because a link may hold a picture. */
function withoutLinks(markdown: string): string {
  return markdown
    .replace(/^ {0,3}\[[^^[\]\n][^[\]\n]{0,200}\]:[ \t]*\S.*$/gm, '')
    .replace(/\[\^[^\s[\]]{1,100}\]:?/g, ' ')
    .replace(link, '$1')
    .replace(link, '$1')
}

const link =
  /!?\[([^[\]]{0,1000})\](?:\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)|\[[^[\]\n]{0,200}\])/g

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function toCharacter(reference: string): string {
  const name = reference.slice(1, -1).toLowerCase()
  if (!name.startsWith('#')) return characters[name] ?? ' '
  const codePoint = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return codePoint > 31 && codePoint < 0x110000
    ? String.fromCodePoint(codePoint).toWellFormed()
    : ' '
}
