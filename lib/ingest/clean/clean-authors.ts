import { repairEncoding } from '#lib/content/encoding/repair-encoding.ts'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'

/**
 * Authors as names: `By Jo Doe and Al Roe`, `jo@wire.example (Jo Doe)` and `JO DOE` become `Jo Doe`,
 * `Al Roe`. Addresses without a name, and what is no person (`admin`, `Staff`), go.
 */
export function cleanAuthors(written: string[]): string[] {
  const names = written.flatMap(splitNames).map(cleanName)
  return [...new Set(names.filter((name) => name !== undefined))].slice(0, 10)
}

function splitNames(text: string): string[] {
  const line = cleanLine(repairEncoding(text.replace(/<[^>]*>/g, ' ')))
  return line
    .replace(/^(by|від|автори?:?|written by)\s+/i, '')
    .split(/\s*(?:[,;|/]|\s(?:and|та|і|&)\s)\s*/i)
}

function cleanName(text: string): string | undefined {
  const inBrackets = /\S+@\S+\s*\(([^)]+)\)/.exec(text)?.[1]
  const name = (inBrackets ?? text).replace(/\S+@\S+/g, '').trim()
  if (!/\p{L}{2}/u.test(name) || name.length > 80) return undefined
  if (/^(admin|staff|editor|newsroom|unknown|guest|none|редакція)$/i.test(name)) return undefined
  if (/^(https?:|www\.)/i.test(name)) return undefined
  return name === name.toUpperCase() && name.includes(' ') ? toTitleCase(name) : name
}

function toTitleCase(name: string): string {
  return name.toLowerCase().replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => {
    return before + letter.toUpperCase()
  })
}
