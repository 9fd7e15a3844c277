import { isUtf8 } from 'node:buffer'
import { guessEncodings } from '#lib/content/encoding/guess-encoding.ts'

/**
 * A document's bytes as text. What says the charset, in this order: a byte order mark; UTF-8 that is
 * valid, or nearly (nothing else looks like it by accident); the HTTP header; the XML declaration or
 * HTML meta. A header that says Latin 1 is often the server's default: a declaration counts more.
 * Without a label, or where the letters contradict it, the charset is guessed. Bytes that are no
 * characters become U+FFFD.
 */
export function decodeDocument(bytes: Uint8Array, contentType: string): string {
  const mark = findMark(bytes)
  if (mark !== undefined) return decode(bytes, mark)
  const isWide = looksLikeUtf16(bytes) || isEscaped(bytes)
  if (!isWide && isNearlyUtf8(bytes)) return decode(bytes, 'utf-8')
  const header = toEncoding(/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1])
  const declared = toEncoding(findDeclared(bytes))
  const named = [header, declared].filter((one) => one !== undefined && one !== 'utf-8')
  const label = named[0] === latin ? (named[1] ?? latin) : named[0]
  if (isWide && label !== undefined) return decode(bytes, label)
  if (label !== undefined && !guessable.has(label)) return decode(bytes, label)
  const guesses = guessEncodings(bytes)
  const [best] = guesses
  if (!best) return decode(bytes, label ?? latin)
  const labelled = guesses.find(({ encoding }) => encoding === label)
  const isSure =
    best.score - (labelled?.score ?? best.score) > sureMargin && best.characters >= sureCharacters
  return decode(bytes, label === undefined || isSure ? best.encoding : label)
}

/** The name that WHATWG gives ISO 8859-1 and ASCII as well. */
const latin = 'windows-1252'

/** Charsets that are mistaken for each other: the letters show which it is. */
const guessable = new Set([latin, 'windows-1251', 'koi8-u', 'koi8-r', 'ibm866'])

/** Letters contradict a label when another charset is as much likelier, in nats for each of so many characters. */
const sureMargin = 1.5
const sureCharacters = 15

/** Whether bytes are UTF-8 but for a few, such as a character that was cut in the middle. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true
  const text = decode(bytes, 'utf-8')
  let broken = 0
  let whole = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken += 1
    else if (code > 0x7f) whole += 1
  }
  return whole > broken * 10
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes)
}

/** The WHATWG name of a charset label, undefined for one that nobody knows. */
function toEncoding(label: string | undefined): string | undefined {
  if (label === undefined) return undefined
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
