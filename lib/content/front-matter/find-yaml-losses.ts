import { EVENT_ID, type Event, parseEvents } from 'js-yaml'
import { type Finding, quote } from './finding.ts'
import { maxDepth } from './locate-fields.ts'

/** js-yaml's names for how a scalar is written. */
const plain = 1
const doubleQuoted = 3

/** Fields whose value is a sentence: nobody writes a comment for programs behind it. */
const textField =
  /^[ \t]*(?:- +)?(?:title|description|name|text|alt|role|bio|draftReason)[ \t]*:|^[ \t]*- /

/** Nothing begins with `&` or `!` right behind a letter: most are in addresses, `?w=400&h=300`. */
const suspicious = /[ \t]#|(?<!\w)[&!]|\\/

/**
 * What YAML silently removes from values that should be text: what follows ` #`, the word after
 * `&` or `!`, and escapes in double quotes that are no letters. `yaml` begins on line 2 of the file.
 */
export function findYamlLosses(yaml: string): Finding[] {
  if (!suspicious.test(yaml)) return []
  const findings: Finding[] = []
  const warn = (offset: number, found: string, expected: string) => {
    const line = yaml.slice(0, offset).split('\n').length + 1
    findings.push({ severity: 'warning', line, found: quote(found.trim()), expected })
  }
  const events = readEvents(yaml)
  const used = new Set(
    events.flatMap((event) => (event.type === EVENT_ID.ALIAS ? [nameOf(yaml, event)] : [])),
  )
  const inside: [number, number][] = []
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR) continue
    const { valueStart, valueEnd, anchorStart, tagStart, tagEnd, style } = event
    if (valueStart >= 0) inside.push([valueStart, valueEnd])
    if (anchorStart >= 0 && !used.has(nameOf(yaml, event))) {
      warn(
        anchorStart,
        yaml.slice(anchorStart, endOfLine(yaml, anchorStart)),
        `${inQuotes}: YAML takes the word after & for a name`,
      )
    }
    if (tagStart >= 0 && !yaml.startsWith('!!', tagStart)) {
      warn(
        tagStart,
        yaml.slice(tagStart, endOfLine(yaml, tagEnd)),
        `${inQuotes}: YAML takes the word after ! for a type`,
      )
    }
    if (valueStart < 0) continue
    const written = yaml.slice(valueStart, valueEnd)
    if (style === doubleQuoted && /(?<!\\)(?:\\\\)*\\[0abefnrtv]/.test(written)) {
      warn(
        valueStart,
        written,
        `the value in single quotes: in double quotes \\n and the like are no letters`,
      )
    }
    if (style !== plain) continue
    const rest = yaml.slice(valueEnd, endOfLine(yaml, valueEnd))
    if (!/^[ \t]+#/.test(rest)) continue
    const lineStart = yaml.lastIndexOf('\n', valueStart - 1) + 1
    const line = yaml.slice(lineStart, endOfLine(yaml, valueEnd))
    if (textField.test(line) || /^[ \t]+#[^\s#]/.test(rest)) {
      warn(valueStart, written + rest, `${inQuotes}: YAML leaves out what follows " #"`)
    }
  }
  for (const match of yaml.matchAll(/^[ \t]*(?:-|[\w-]+:)[ \t]+(#[^\s#].*)$/gm)) {
    const at = match.index + match[0].indexOf('#')
    const isInText = inside.some(([start, end]) => start <= at && at < end)
    if (!isInText) warn(at, match[1] ?? '', `${inQuotes}: YAML leaves out what follows " #"`)
  }
  return findings
}

const inQuotes = 'the value in quotes'

function nameOf(
  yaml: string,
  { anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number },
): string {
  return yaml.slice(anchorStart, anchorEnd).replace(/^[&*]/, '')
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function readEvents(yaml: string): Event[] {
  try {
    return parseEvents(yaml, { maxDepth })
  } catch {
    return []
  }
}
