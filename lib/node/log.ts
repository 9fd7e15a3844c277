import { pino } from 'pino'

/** What a message may carry besides its sentence: plain values, by name. */
export type LogFacts = Record<string, unknown>

/** Where every part of the site reports what happens, one sentence a message. */
export type Log = Record<LogLevel, (message: string, facts?: LogFacts) => void>

const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export type LogOptions = {
  /** Messages below this level are dropped. */
  level: LogLevel
  /** `text`: a line for people. `json`: an object a line, for collectors of logs. */
  format: 'text' | 'json'
  /** Takes one line with its line break. The default writes to standard output. */
  write?: (line: string) => void
}

/** Opens the log. Text of others can neither break a line nor steer a terminal: `escapeControls`. */
export function openLog({
  level,
  format,
  write = (line) => void process.stdout.write(line),
}: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: undefined,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write: (json: string) =>
        write(format === 'json' ? `${escapeInJson(json.trimEnd())}\n` : toLine(json)),
    },
  )
  const toMethod =
    (name: LogLevel) =>
    (message: string, facts: LogFacts = {}) =>
      logger[name](facts, message)
  return {
    debug: toMethod('debug'),
    info: toMethod('info'),
    warn: toMethod('warn'),
    error: toMethod('error'),
  }
}

/** `14:03:21 warn  The sentence. request=ab12`; a stack follows on lines of its own. */
function toLine(json: string): string {
  const { level, time, msg, err, ...facts } = JSON.parse(json) as Record<string, unknown>
  const stack = typeof err === 'object' && err && 'stack' in err ? String(err.stack) : undefined
  const named = Object.entries(facts).map(([name, value]) => ` ${name}=${toText(value)}`)
  const mark = level === 'info' ? '' : `${level}: `
  const line = `${String(time).slice(11, 19)} ${mark}${toText(msg)}${named.join('')}\n`
  if (!stack) return line
  const traced = stack.split('\n').map((part) => `    ${escapeControls(part)}\n`)
  return line + traced.join('')
}

const toText = (value: unknown) =>
  escapeControls(typeof value === 'string' ? value : JSON.stringify(value))

const controls = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** The same for one line of JSON, which stays the same JSON. */
export function escapeInJson(json: string): string {
  return json.replace(
    controls,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * Text of anybody's as it may stand in a log or on a terminal: control characters, line breaks and
 * marks that turn the direction of writing become `\u{…}`.
 */
export function escapeControls(text: string): string {
  return text.replace(controls, (character) =>
    character === '\t' ? ' ' : `\\u{${character.charCodeAt(0).toString(16)}}`,
  )
}

/** For commands: warnings and errors go to standard error, apart from the output. */
export const stderrLog = openLog({
  level: 'warn',
  format: 'text',
  write: (line) => void process.stderr.write(line),
})

/** A log that keeps its sentences in a list, for tests. */
export function logTo(lines: string[]): Log {
  const add = (message: string) => void lines.push(message)
  return { debug: add, info: add, warn: add, error: add }
}

/** A log that says nothing. */
export const silentLog: Log = logTo([])
