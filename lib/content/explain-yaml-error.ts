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
  const openQuote = findOpenQuote(lines, stumbled)
  if (openQuote !== undefined) return { at: openQuote, expected: 'a quote at the end of the value' }
  const here = (expected: string) => ({ at: stumbled, expected })
  if (reason.startsWith('duplicated')) return here('each field once')
  if (reason.startsWith('tab')) return here('spaces, not tabs, before a field')
  if (/flow collection|flow sequence|flow mapping/.test(reason)) {
    return { at: findOpenBracket(lines) ?? stumbled, expected: 'a closing ] or }' }
  }
  if (reason.includes('alias') || reason.includes('tag') || reason.includes('anchor')) {
    return here('the value in quotes, because it begins with *, & or !')
  }
  if (reason.includes('indentation')) return here(expectIndentation(lines[stumbled] ?? ''))
  if (reason.includes('escape') || reason.includes('hexadecimal')) {
    return here('a known escape after \\, or the value in single quotes')
  }
  if (reason.includes('depth')) return here('values that are not nested this deeply')
  if (reason.includes('single document')) {
    return {
      at: Math.max(
        0,
        lines.findIndex((line) => line.startsWith('...')),
      ),
      expected: 'no such line',
    }
  }
  const noColon = lines.findIndex(
    (line) => /^[^\s#:-][^:]*$/.test(line) || /^[\w-]+:[^\s]/.test(line),
  )
  if (noColon !== -1) return { at: noColon, expected: 'a field name, a colon and a space' }
  return here(`YAML fields (${reason})`)
}

function expectIndentation(line: string): string {
  if (/^\s*[\w-]+:\s+\S/.test(line) && !/^\s+/.test(line)) {
    return 'the value in quotes, because of a character in it such as a colon, or a quote doubled'
  }
  return 'the same indentation as the fields beside it'
}

/** A value that opens a quote, does not close it, and is followed by another field. */
function findOpenQuote(lines: string[], before: number): number | undefined {
  for (let at = 0; at <= Math.min(before, lines.length - 1); at += 1) {
    const match = /^\s*(?:- +)?(?:[\w-]+:\s+)?(["'])(.*)$/.exec(lines[at] ?? '')
    const next = lines.slice(at + 1).find((line) => line.trim() !== '')
    if (!match || (next !== undefined && !/^\s*(- |[\w-]+:(\s|$))/.test(next))) continue
    const [, mark, rest = ''] = match
    const inside = mark === '"' ? rest.replace(/\\./g, '') : rest.replaceAll("''", '')
    if (!inside.includes(mark ?? '')) return at
  }
  return undefined
}

function findOpenBracket(lines: string[]): number | undefined {
  const at = lines.findIndex((line) => /:\s+[[{][^\]}]*$/.test(line))
  return at === -1 ? undefined : at
}
