import { repairEncoding } from '#lib/content/encoding/repair-encoding.ts'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import { stripTags } from './strip-tags.ts'

/**
 * Authors as names: `By Jo Doe and Al Roe`, `jo@wire.example (Jo Doe)` and `JO DOE` become `Jo Doe`,
 * `Al Roe`. A degree or a rank behind a comma stays with its name: `Jo Doe, CFA`. Addresses without a
 * name, and what is no person (`admin`, `Staff`), go.
 */
export function cleanAuthors(written: string[]): string[] {
  const names = written.flatMap(splitNames).map(cleanName)
  return [...new Set(names.filter((name) => name !== undefined))].slice(0, 10)
}

/** Longer lists of names are cut here; a byline has a few dozen characters. */
const maxLength = 2000

/** What stands behind a comma and is no other author. Short ones are read in capitals only. */
const suffix =
  /, ?(?=(?:CFA|CPA|CMT|CAIA|FRM|CFP|CFTe|CISSP|PMP|MBA|MPA|MPH|MSc|BSc|M\.?A\.?|B\.?A\.?|J\.?D\.?|LL\.?[BMD]\.?|M\.?D\.?|DDS|DBA|DPhil|Ed\.?D\.?|Ph\.? ?D\.?|PhD\.?|PHD|RN|PE|FSA|CA|ACA|ACCA|OBE|MBE|CBE|KC|QC|Esq\.?|Jr\.?|Sr\.?|JR\.?|SR\.?|II|III|IV|[кд]\.? ?(?:е|ю|т|ф|і|п|п-м|ф-м)\.? ?н\.?)(?:$|[\s,;|/]))/g

/** Stands for such a comma while names are split. No name contains it. */
const heldComma = '\u0001'

function splitNames(text: string): string[] {
  const line = cleanLine(repairEncoding(stripTags(text.slice(0, maxLength), ' ')))
  return line
    .replace(/\s+/g, ' ')
    .replace(/^(by|від|автори?:?|written by) /i, '')
    .replace(suffix, heldComma)
    .split(/ ?[,;|/] ?| (?:and|та|і|&) /i)
    .map((name) => name.replaceAll(heldComma, ', '))
}

function cleanName(text: string): string | undefined {
  const name = (findNameOfAddress(text) ?? text)
    .split(' ')
    .filter((word) => !isMailAddress(word))
    .join(' ')
    .trim()
  if (!/\p{L}{2}/u.test(name) || name.length > 80) return undefined
  if (/^(admin|staff|editor|fixture|unknown|guest|none|редакція)$/i.test(name)) return undefined
  if (/^(https?:|www\.)/i.test(name)) return undefined
  const [own = '', ...ranks] = name.split(', ')
  const isShouted = own === own.toUpperCase() && own.includes(' ')
  return isShouted ? [toTitleCase(own), ...ranks].join(', ') : name
}

/** `jo@wire.example (Jo Doe)`, as RSS writes authors. */
function findNameOfAddress(text: string): string | undefined {
  const [before = '', inside] = text.split('(', 2)
  const isAddress = isMailAddress(before.trimEnd().split(' ').at(-1) ?? '')
  return isAddress && inside?.includes(')') ? inside.split(')', 1)[0] : undefined
}

function isMailAddress(word: string): boolean {
  const at = word.indexOf('@')
  return at > 0 && at < word.length - 1
}

function toTitleCase(name: string): string {
  return name.toLowerCase().replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => {
    return before + letter.toUpperCase()
  })
}
