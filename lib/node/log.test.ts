import { expect, it } from 'vitest'
import { escapeControls, type LogOptions, openLog } from './log.ts'

const hostile = 'a\u001b[31mb\r\nc\u202ed\u0085\u2028\te'

function open(options: Partial<LogOptions> = {}) {
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  return { lines, log: openLog({ level: 'debug', format: 'text', write, ...options }) }
}

it('writes a line for people, with what belongs to it', () => {
  const { lines, log } = open()
  log.info('Dateline is here.')
  log.warn('It is slow.', { requestId: 'ab12', seconds: 3 })
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d Dateline is here\.\n$/)
  expect(lines[1]).toMatch(/^\S+ warn: It is slow\. requestId=ab12 seconds=3\n$/)
})

it('lets text of others neither break a line nor steer a terminal', () => {
  const { lines, log } = open()
  log.info(hostile, { path: hostile })
  expect(lines).toHaveLength(1)
  expect(lines[0]?.trimEnd()).not.toMatch(/[\p{Cc}\u202e\u2028]/u)
  expect(escapeControls(hostile)).toBe('a\\u{1b}[31mb\\u{d}\\u{a}c\\u{202e}d\\u{85}\\u{2028} e')
})

it('writes an object a line for collectors, which says what was said', () => {
  const { lines, log } = open({ format: 'json' })
  log.error(hostile, { requestId: 'ab12', err: new Error(hostile) })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^[^\p{Cc}\u202e\u2028]+\n$/u)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    msg: hostile,
    requestId: 'ab12',
    err: { message: hostile },
  })
})

it('shows where an error came from, on lines of its own', () => {
  const { lines, log } = open()
  log.error('It failed.', { err: new Error('the disk is full') })
  expect(lines[0]).toMatch(/error: It failed\.\n {4}Error: the disk is full\n {4} +at /)
})

it('drops what is below its level', () => {
  const { lines, log } = open({ level: 'warn' })
  log.debug('a')
  log.info('b')
  expect(lines).toEqual([])
})
