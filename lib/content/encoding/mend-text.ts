import { type FieldPath, type Finding, quote } from '../front-matter/finding.ts'
import { repairEncoding } from './repair-encoding.ts'

/** How many mended lines of one file are named one by one; the rest is counted. */
const namedLines = 5

/** Anything but printable ASCII, tab and line end. Most English lines need no second look. */
const unusual = /[^\t\n\x20-\x7e]/
const control = /[\0-\x08\x0B-\x1F\x7F-\x9F\uFFFE\uFFFF]/

/**
 * Text with broken encodings repaired and control characters (other than tab and line end) removed.
 * Lines stay where they are. Every line that changed is a warning, as long as they are few.
 */
export function mendText(text: string): { text: string; findings: Finding[] } {
  if (!unusual.test(text)) return { text, findings: [] }
  const repaired = repairEncoding(text)
  const findings = repaired === text ? [] : listRepairs(text, repaired)
  if (!control.test(repaired)) return { text: repaired, findings }
  const clean = repaired.replace(new RegExp(control, 'g'), '')
  const line = repaired.slice(0, repaired.search(control)).split('\n').length
  const count = repaired.length - clean.length
  const found = count === 1 ? 'a control character' : `${count} control characters, the first here`
  findings.push({
    severity: 'warning',
    line,
    found,
    expected: 'text without them; they are left out',
  })
  return { text: clean, findings }
}

function listRepairs(text: string, repaired: string): Finding[] {
  const before = text.split('\n')
  const changed = repaired
    .split('\n')
    .map((after, at) => ({ before: before[at] ?? '', after, line: at + 1 }))
    .filter((line) => line.before !== line.after)
  const findings = changed.slice(0, namedLines).map((mended): Finding => {
    const start = firstDifference(mended.before, mended.after)
    const found = `broken encoding in ${quoteAround(mended.before, start)}`
    return {
      severity: 'warning',
      line: mended.line,
      found,
      expected: quoteAround(mended.after, start),
    }
  })
  const first = changed[namedLines]
  if (first) {
    const count = changed.length - namedLines
    const found = `broken encoding in ${count} more line${count === 1 ? '' : 's'}`
    findings.push({ severity: 'warning', line: first.line, found, expected: 'text saved as UTF-8' })
  }
  return findings
}

function firstDifference(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return at
}

/** A few words around a place in a line. */
function quoteAround(line: string, at: number): string {
  return quote(line.slice(Math.max(0, at - 12), at + 14).toWellFormed())
}

/**
 * Repairs, in place, broken encodings that hid from the file's text in YAML escapes such as
 * `"\u00e2\u20ac\u2122"`. Each is a warning on its field.
 */
export function mendFields(fields: object): Finding[] {
  const seen = new Set<object>()
  const findings: Finding[] = []
  const visit = (parent: object, path: FieldPath) => {
    if (seen.has(parent)) return
    seen.add(parent)
    for (const [key, value] of Object.entries(parent)) {
      const here = [...path, key]
      if (typeof value === 'object' && value !== null) visit(value, here)
      if (typeof value !== 'string' || repairEncoding(value) === value) continue
      const mended = repairEncoding(value)
      Reflect.set(parent, key, mended)
      const at = firstDifference(value, mended)
      const found = `broken encoding in ${quoteAround(value, at)}`
      findings.push({ severity: 'warning', path: here, found, expected: quoteAround(mended, at) })
    }
  }
  visit(fields, [])
  return findings
}
