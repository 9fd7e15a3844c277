import { expect, it } from 'vitest'
import type { Problem } from '#lib/content/problem.ts'
import { parsePublishReport, publish } from './publish-report.ts'

const problemIn = (file: string, severity: Problem['severity']): Problem => ({
  severity,
  file,
  line: 3,
  field: 'category',
  found: 'nothing',
  expected: 'a category name',
})

const sync = async () => ({
  added: 0,
  changed: 1,
  removed: 0,
  unchanged: 2,
  problems: [],
  addresses: [],
  milliseconds: 5,
})

it('reports what is wrong with the files that were asked for, whoever indexed them first', async () => {
  const problems = [problemIn('a.md', 'warning'), problemIn('b.md', 'error')]
  const index = { listProblems: () => problems }
  const whole = await publish({ sync, index })
  expect(whole).toMatchObject({ changed: 1, unchanged: 2, errorCount: 1, warningCount: 1 })
  expect(whole.problems.map(({ file }) => file)).toEqual(['b.md', 'a.md'])
  const one = await publish({ sync, index }, { paths: ['a.md'] })
  expect(one).toMatchObject({ errorCount: 0, problems: [problems[0]] })
})

it('says how many files are missing and not removed yet', async () => {
  const held = { missing: 30, known: 100, removedAt: '2026-11-30T10:01:00.000Z' }
  const index = { listProblems: () => [] }
  const report = await publish({ sync: async () => ({ ...(await sync()), held }), index })
  expect(report.held).toContain('30 of 100 files are missing from the content folder')
  expect(report.held).toContain('--confirm-removals')
  expect(parsePublishReport(JSON.parse(JSON.stringify(report)))).toEqual(report)
})

it('lists a thousand problems at most, and counts them all', async () => {
  const problems = Array.from({ length: 1200 }, (_, at) => problemIn(`${at}.md`, 'error'))
  const report = await publish({ sync, index: { listProblems: () => problems } })
  expect([report.problems.length, report.errorCount]).toEqual([1000, 1200])
  expect(parsePublishReport(JSON.parse(JSON.stringify(report)))).toEqual(report)
})
