import { isUtf8 } from 'node:buffer'
import type { Finding } from '../front-matter/finding.ts'
import { findOneByteEncoding, type OneByteEncoding } from './guess-encoding.ts'

/**
 * A file's bytes as text with `\n` line ends and without byte order mark. Takes UTF-8, and with a
 * warning UTF-16 and the one-byte encodings that `findEncoding` recognises. Anything else is an error at
 * its line: nothing is published with U+FFFD in the place of a letter.
 */
export function decodeText(bytes: Uint8Array): { text: string; findings: Finding[] } {
  const encoding = findEncoding(bytes)
  const text = withPlainLineEnds(new TextDecoder(encoding ?? 'utf-8').decode(bytes))
  const findings: Finding[] = []
  const add = (severity: 'error' | 'warning', line: number, found: string, expected: string) =>
    findings.push({ severity, line, found, expected })
  if (encoding === undefined) {
    add('error', findBrokenLine(bytes), 'bytes that are not UTF-8', 'text saved as UTF-8')
  } else if (encoding !== 'utf-8') {
    add('warning', 1, `text in ${nameOf(encoding)}`, 'text saved as UTF-8')
  }
  const lost = text.indexOf('\uFFFD')
  if (lost !== -1 && encoding !== undefined) {
    const expected = 'the letter that was there, or &#xFFFD; where the sign itself is meant'
    add(
      'error',
      text.slice(0, lost).split('\n').length,
      'a letter that got lost (U+FFFD)',
      expected,
    )
  }
  return { text, findings }
}

const nameOf = (encoding: string) => (encoding.startsWith('utf-16') ? 'UTF-16' : encoding)

/** How the WHATWG Encoding Standard names them. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | OneByteEncoding

/**
 * As the byte order mark says; without one UTF-16 where half of the text is zeros, then UTF-8, then the
 * one-byte encoding that alone makes words of the bytes. Undefined when none certainly does.
 */
export function findEncoding(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = countZeros(bytes.subarray(0, 4096))
  // Latin text and the marks of front matter have a zero in every pair; Ukrainian text has few.
  if (zeros.even > 8 && zeros.even > zeros.odd * 9) return 'utf-16be'
  if (zeros.odd > 8 && zeros.odd > zeros.even * 9) return 'utf-16le'
  return isUtf8(bytes) ? 'utf-8' : findOneByteEncoding(bytes)
}

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
  const count = { even: 0, odd: 0 }
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) {
    count[at % 2 === 0 ? 'even' : 'odd'] += 1
  }
  return count
}

function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** Line of the first byte that is not UTF-8. No byte of a longer sequence looks like a line end. */
function findBrokenLine(bytes: Uint8Array): number {
  let line = 1
  let start = 0
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) continue
    if (!isUtf8(bytes.subarray(start, at))) return line
    if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) at += 1
    start = at + 1
    line += 1
  }
  return line
}
