import { isUtf8 } from 'node:buffer'
import type { Finding } from '../front-matter/finding.ts'

/** What a content file may weigh. A long article has 50 KB. */
export const maxFileBytes = 5 * 1024 * 1024

/**
 * A file's bytes as text with `\n` line ends and without byte order mark. Takes UTF-8, and UTF-16
 * when a byte order mark says so. Bytes that are not UTF-8 become U+FFFD.
 */
export function decodeText(bytes: Uint8Array): { text: string; findings: Finding[] } {
  const encoding = findEncoding(bytes)
  const text = withPlainLineEnds(new TextDecoder(encoding).decode(bytes))
  if (encoding !== 'utf-8') {
    return { text, findings: [warnAt(1, 'text in UTF-16', 'text saved as UTF-8')] }
  }
  if (!text.includes('\uFFFD') || isUtf8(bytes)) return { text, findings: [] }
  const line = findBrokenLine(bytes)
  return { text, findings: [warnAt(line, 'bytes that are not UTF-8', 'text saved as UTF-8')] }
}

/** As the byte order mark says; UTF-8 without one. */
export function findEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
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

function warnAt(line: number, found: string, expected: string): Finding {
  return { severity: 'warning', line, found, expected }
}
