import { isUtf8 } from 'node:buffer'

/**
 * A document's bytes as text. What says the charset, in this order: a byte order mark, UTF-8 that is
 * valid (nothing else looks like it by accident), the HTTP header, the XML declaration or HTML meta.
 * Without any, or where the named one is UTF-8 and the bytes are not: windows-1251 when that gives
 * Cyrillic words, else windows-1252.
 */
export function decodeDocument(bytes: Uint8Array, contentType: string): string {
  const mark = findMark(bytes)
  if (mark !== undefined) return decode(bytes, mark)
  if (isUtf8(bytes) && !looksLikeUtf16(bytes) && !isEscaped(bytes)) return decode(bytes, 'utf-8')
  const named = [/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1], findDeclared(bytes)]
  for (const label of named) {
    const encoding = label === undefined ? undefined : toEncoding(label)
    if (encoding !== undefined && encoding !== 'utf-8') return decode(bytes, encoding)
  }
  return decode(bytes, guess(bytes))
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes)
}

/** The WHATWG name of a charset label, undefined for one that nobody knows. */
function toEncoding(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

function findMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

function looksLikeUtf16(bytes: Uint8Array): boolean {
  return bytes[0] === 0 || bytes[1] === 0
}

/** ISO-2022-JP is all ASCII bytes and no ASCII text. */
function isEscaped(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4096)).includes('\x1b$')
}

function findDeclared(bytes: Uint8Array): string | undefined {
  if (looksLikeUtf16(bytes)) return bytes[0] === 0 ? 'utf-16be' : 'utf-16le'
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  return (
    /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ??
    /<meta[^>]*charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1]
  )
}

/** Cyrillic text in windows-1251 is mostly lower-case letters, which are the bytes from 0xE0 up. */
function guess(bytes: Uint8Array): 'windows-1251' | 'windows-1252' {
  let high = 0
  let pairs = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue
    high += 1
    if ((bytes[at] ?? 0) >= 0xc0 && (bytes[at + 1] ?? 0) >= 0xc0) pairs += 1
  }
  return pairs * 2 > high ? 'windows-1251' : 'windows-1252'
}
