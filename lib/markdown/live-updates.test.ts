import { expect, it } from 'vitest'
import { arrangeUpdates, listUpdates } from './live-updates.ts'

const kyiv = { publishedAt: '2026-11-30T12:00:00.000Z', timeZone: 'Europe/Kyiv' }
const arrange = (body: string, now?: string, context = kyiv) =>
  arrangeUpdates(body, { ...context, now: now === undefined ? undefined : new Date(now) })
const timesOf = (body: string) => listUpdates(arrange(body).body).map(({ at }) => at)

it('puts the newest update first, by the clock of the publication', () => {
  const { body, newestAt } = arrange(
    'Key facts.\n\n## 14:20 Opened\n\nA.\n\n## 15:05 Closed\n\nB.\n',
  )
  expect(body).toBe(
    'Key facts.\n\n## 2026-11-30T13:05:00Z Closed\n\nB.\n\n## 2026-11-30T12:20:00Z Opened\n\nA.\n',
  )
  expect(newestAt).toBe('2026-11-30T13:05:00.000Z')
})

it.each([
  ['## 2026-12-01 09:10 A\n\n## 08:00 B', ['2026-12-01T07:10', '2026-12-01T06:00']],
  ['## 2026-07-01 09:10: A', ['2026-07-01T06:10']],
  ['## 14:20 UTC — A', ['2026-11-30T14:20']],
  ['## 2026-11-30T14:20:00Z A', ['2026-11-30T14:20']],
  ['## 2026-11-30 14:20 +0100 A', ['2026-11-30T13:20']],
  ['## 9:05', ['2026-11-30T07:05']],
  ['## 2:20 PM A\n\n## 12:05 a.m. B', ['2026-11-30T12:20', '2026-11-29T22:05']],
  ['## 2:20 pm UTC A', ['2026-11-30T14:20']],
  [
    '## **14:20** A\n\n## _14:21 B_\n\n## `14:22`: C',
    ['2026-11-30T12:22', '2026-11-30T12:21', '2026-11-30T12:20'],
  ],
  ['## 2026\u201107\u201101\u00a009:10 A', ['2026-07-01T06:10']],
  ['## 2026-11-30t14:20z A', ['2026-11-30T14:20']],
  // The hour that summer time leaves out, and the one that it repeats.
  ['## 2026-03-29 03:30 A', ['2026-03-29T01:30']],
  ['## 2026-10-25 03:30 A', ['2026-10-25T01:30']],
])('reads the time of %j', (body, expected) => {
  expect(timesOf(body)).toEqual(expected.map((at) => `${at}:00.000Z`))
})

it.each([
  '## 25:00 A',
  '## 2026-02-30 10:00 A',
  '## Background',
  '## 14:2 A',
  '## 10:1 leverage',
  '## 14:20 pm A',
])('leaves %j a section, in its place, and names it with its line', (heading) => {
  const { body, findings } = arrange(`## 14:20 A\n\nB.\n\n${heading}\n\nC.\n\n## 14:30 D\n`)
  expect(findings).toEqual([expect.objectContaining({ severity: 'warning', line: 5 })])
  expect(body.startsWith('## 2026-11-30T12:30:00Z D')).toBe(true)
  expect(body.trim().endsWith(`${heading}\n\nC.`)).toBe(true)
})

it('takes no heading out of code, lists and quotations', () => {
  const code = '```\n## 14:40 no update\n```'
  const { body, findings } = arrange(`## 14:20 A\n\n${code}\n\n> ## 14:50 quoted\n`)
  expect(listUpdates(body)).toHaveLength(1)
  expect(body).toContain(code)
  expect(findings).toEqual([])
})

it('holds updates that are due later, names them, and says when the next one is', () => {
  const source = '## 14:20 A\n\nB.\n\n## 16:00 Secret\n\nHidden.\n\n## 15:00 Later\n'
  const held = arrange(source, '2026-11-30T12:30:00Z')
  expect(held.body).not.toMatch(/Secret|Hidden|Later/)
  expect(held.nextDueAt).toBe('2026-11-30T13:00:00.000Z')
  expect(held.findings.map(({ line }) => line)).toEqual([5, 9])
  expect(arrange(source, '2026-11-30T14:00:00Z')).toMatchObject({
    findings: [],
    nextDueAt: undefined,
  })
  expect(arrange(source).body).toContain('Hidden.')
})

it.each([
  '**23:30** X',
  '***23:30*** X',
  '__23:30 X__',
  '11:30 pm X',
  '2026\u201312\u201301 10:00 X',
])('shows nothing of an update of the future that is headed %j', (heading) => {
  const { body, nextDueAt } = arrange(
    `## 14:00 A\n\n## ${heading}\n\nSecret.\n`,
    '2026-11-30T15:00:00Z',
  )
  expect(body).toBe('## 2026-11-30T12:00:00Z A\n')
  expect(nextDueAt).toBeDefined()
})

it('keeps the emphasis of a headline', () => {
  expect(arrange('## **14:20** The **first** one').body).toBe(
    '## 2026-11-30T12:20:00Z The **first** one\n',
  )
})

it('names a live story that has no updates', () => {
  expect(arrange('Only text.').findings).toEqual([
    expect.objectContaining({ found: 'a live story without updates' }),
  ])
})

it('arranges what it has arranged into the same, whatever the zone', () => {
  const { body } = arrange(
    'Intro.\n\n## 14:20 A ##\n\nText.\n\n## 2026-11-29 10:00\n\n## Links\n\n- x\n',
  )
  expect(arrange(body, undefined, { ...kyiv, timeZone: 'America/New_York' }).body).toBe(body)
})

it('gives each update an id of its own by its time, whatever its title', () => {
  const ids = (body: string) => listUpdates(arrange(body).body).map(({ id }) => id)
  expect(ids('## 14:20 A\n\n## 14:20 B\n\n## 15:00')).toEqual([
    'update-20261130-1300',
    'update-20261130-1220',
    'update-20261130-1220-2',
  ])
})
