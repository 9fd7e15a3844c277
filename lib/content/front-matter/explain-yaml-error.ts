import type { YAMLException } from 'js-yaml'
import { type Finding, quote } from './finding.ts'

/**
 * What js-yaml says, in words for an operator who knows no YAML, and at the line where the slip is
 * rather than where the parser stumbled over it. `yaml` begins on line 2 of the file.
 */
export function explainYamlError(error: YAMLException, yaml: string): Finding {
  const lines = yaml.split('\n')
  const stumbled = (error.mark?.line ?? 1) - 1
  const { at, expected } = findSlip(error, lines, stumbled)
  const found = quote((lines[at] ?? '').trim())
  return { severity: 'error', field: 'file', line: at + 2, found, expected }
}

type Slip = { at: number; expected: string }

function findSlip({ reason }: YAMLException, lines: string[], stumbled: number): Slip {
  const here = (expected: string) => ({ at: stumbled, expected })
  const conflict = lines.findIndex((line) => /^(?:<{7}|>{7})(?: |$)/.test(line))
  if (conflict !== -1) {
    return { at: conflict, expected: 'one version: nobody has finished this merge of two' }
  }
  const openQuote = findOpenQuote(lines, stumbled)
  if (openQuote !== undefined) return { at: openQuote, expected: 'a quote at the end of the value' }
  const openBracket = findOpenBracket(lines, stumbled)
  if (openBracket !== undefined) return { at: openBracket, expected: 'a closing ] or }' }
  if (reason.startsWith('duplicated')) return here('each field once')
  if (reason.startsWith('tab')) return here('spaces, not tabs, before a field')
  if (reason.includes('nesting')) return here('values that are not nested this deeply')
  if (reason.includes('aliases')) return here('fewer references (*name); write the values out')
  if (/alias|tag|anchor/.test(reason))
    return here('the value in quotes, as it begins with *, & or !')
  if (reason.includes('indentation')) return here(expectIndentation(lines[stumbled] ?? ''))
  if (/escape|hexadecimal/.test(reason)) {
    return here('a known escape after \\, or the value in single quotes')
  }
  const end = lines.findIndex((line) => line.startsWith('...'))
  if (reason.includes('single document')) return { at: Math.max(0, end), expected: 'no such line' }
  const noColon = lines.findIndex((line) => /^[^\s#:-][^:]*$|^[\w-]+:[^\s]/.test(line))
  const space =
    noColon === -1
      ? undefined
      : /^[\w-]+:((?! )[\p{Zs}\u200B\uFEFF])/u.exec(lines[noColon] ?? '')?.[1]
  if (space !== undefined) {
    const code = space.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    return { at: noColon, expected: `an ordinary space after the colon, not U+${code}` }
  }
  if (noColon !== -1) return { at: noColon, expected: 'a field name, a colon and a space' }
  if (reason === 'no fields') return here('fields such as title: …, not a list')
  return here(`YAML (${reason})`)
}

function expectIndentation(line: string): string {
  const value = /^[\w-]+:\s+(\S.*)/.exec(line)?.[1]
  if (value === undefined) return 'the same indentation as the fields beside it'
  if (value.startsWith("'")) return "quotes inside the value doubled ('')"
  if (value.startsWith('"')) return 'quotes inside the value written as \\"'
  return 'the value in quotes, because of a character in it'
}

/** A value that opens a quote, does not close it, and is followed by another field. */
function findOpenQuote(lines: string[], before: number): number | undefined {
  for (let at = 0; at <= Math.min(before, lines.length - 1); at += 1) {
    const match = /^\s*(?:- +)?(?:[\w-]+:\s+)?(["'])(.*)$/.exec(lines[at] ?? '')
    const next = match ? findNextText(lines, at) : undefined
    if (!match || (next !== undefined && !/^\s*(- |[\w-]+:(\s|$))/.test(next))) continue
    const [, mark, rest = ''] = match
    const inside = mark === '"' ? rest.replace(/\\./g, '') : rest.replaceAll("''", '')
    if (!inside.includes(mark ?? '')) return at
  }
  return undefined
}

/** A list or mapping in brackets that is not closed before another field begins. */
function findOpenBracket(lines: string[], before: number): number | undefined {
  const at = lines.findLastIndex(
    (line, index) => index <= before && /^\s*[\w-]+:\s+[[{][^\]}]*$/.test(line),
  )
  const next = findNextText(lines, at)
  return at !== -1 && (next === undefined || /^[\w-]+:/.test(next)) ? at : undefined
}

/** The first line after a place that is not blank. */
function findNextText(lines: string[], at: number): string | undefined {
  for (let next = at + 1; next < lines.length; next += 1) {
    if (lines[next]?.trim() !== '') return lines[next]
  }
  return undefined
}
