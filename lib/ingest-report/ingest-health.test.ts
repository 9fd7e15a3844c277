import { describe, expect, it } from 'vitest'
import { toIngestHealth } from './ingest-health.ts'
import { type IngestReport, ingestReportSchema, listFailures } from './ingest-report.ts'

const now = new Date('2026-11-20T12:00:00.000Z')

function reportWith(changes: object = {}): IngestReport {
  return ingestReportSchema.parse({
    startedAt: '2026-11-20T11:50:00.000Z',
    finishedAt: '2026-11-20T11:51:00.000Z',
    isRehearsal: false,
    sources: [sourceWith('alpha'), sourceWith('bravo')],
    articles: {
      published: 0,
      drafts: 0,
      updated: 0,
      withdrawn: 0,
      translated: 0,
      alsoReported: 0,
      leftToPeople: 0,
    },
    waiting: 0,
    problems: [],
    model: { ...modelWith({}), isConfigured: false },
    ...changes,
  })
}

function sourceWith(key: string, changes: object = {}) {
  const counts = { fetched: 0, new: 0, duplicate: 0, changed: 0, withdrawn: 0, rejected: 0 }
  return {
    key,
    ...counts,
    rejections: [],
    notes: [],
    fetchedAt: '2026-11-20T11:50:30.000Z',
    ...changes,
  }
}

const modelWith = (changes: object) => ({
  isConfigured: true,
  requests: 0,
  tokens: 0,
  requestsToday: 0,
  tokensToday: 0,
  remembered: 0,
  ...changes,
})

const failing = (since: string) => ({ error: 'answered 500', failingSince: since })

describe('the health of ingest', () => {
  it('is off without a report', () => {
    expect(toIngestHealth(undefined, now)).toMatchObject({ state: 'off', reasons: [] })
  })

  it('is ok after a pass in which all went well', () => {
    const health = toIngestHealth(reportWith(), now)
    expect(health).toMatchObject({
      state: 'ok',
      reasons: [],
      lastPassAt: '2026-11-20T11:51:00.000Z',
      model: { state: 'off' },
      covers: { state: 'off' },
      sources: { alpha: { state: 'ok', succeededAt: '2026-11-20T11:50:30.000Z' } },
    })
  })

  it.each([
    ['model', { model: modelWith({ ...failing('2026-11-20T11:50:00.000Z') }) }],
    ['covers', { covers: { isConfigured: true, ...failing('2026-11-20T11:50:00.000Z') } }],
  ])('names the %s that fails, from the first time on', (part, changes) => {
    const health = toIngestHealth(reportWith(changes), now)
    expect(health.state).toBe('degraded')
    expect(health.reasons).toEqual([expect.stringMatching(/2026-11-20T11:50.*answered 500/)])
    expect(Reflect.get(health, part)).toMatchObject({ state: 'failing', reason: 'answered 500' })
  })

  it('says that a configured model was not asked yet', () => {
    expect(toIngestHealth(reportWith({ model: modelWith({}) }), now)).toMatchObject({
      state: 'ok',
      model: { state: 'unknown' },
    })
  })

  it('leaves a source an hour, and shows it as failing meanwhile', () => {
    const withAlpha = (since: string) =>
      reportWith({ sources: [sourceWith('alpha', failing(since)), sourceWith('bravo')] })
    const short = toIngestHealth(withAlpha('2026-11-20T11:01:00.000Z'), now)
    expect(short).toMatchObject({ state: 'ok', sources: { alpha: { state: 'failing' } } })
    const long = toIngestHealth(withAlpha('2026-11-20T10:59:00.000Z'), now)
    expect(long).toMatchObject({ state: 'degraded', reasons: [expect.stringContaining('alpha')] })
  })

  it('is degraded at once when all sources fail, also when there is only one', () => {
    const since = failing('2026-11-20T11:59:00.000Z')
    const two = [sourceWith('alpha', since), sourceWith('bravo', since)]
    expect(toIngestHealth(reportWith({ sources: two }), now).reasons).toEqual([
      expect.stringMatching(/All 2 sources fail/),
    ])
    expect(toIngestHealth(reportWith({ sources: two.slice(1) }), now).state).toBe('degraded')
  })

  it.each([
    ['a day and two hours without --watch', undefined, '2026-11-19T10:01:00.000Z', 'ok'],
    ['more than that', undefined, '2026-11-19T09:59:00.000Z', 'degraded'],
    ['an hour of --watch', 5, '2026-11-20T11:01:00.000Z', 'ok'],
    ['more than that', 5, '2026-11-20T10:59:00.000Z', 'degraded'],
    ['four passes of --watch', 60, '2026-11-20T08:01:00.000Z', 'ok'],
    ['more than that', 60, '2026-11-20T07:59:00.000Z', 'degraded'],
    ['the future', 5, '2026-11-20T14:00:00.000Z', 'degraded'],
    ['an unknown time', 5, 'yesterday', 'degraded'],
  ])('tells by the age of the report whether ingest runs: %s', (_, everyMinutes, at, state) => {
    const report = reportWith({ everyMinutes, finishedAt: at })
    expect(toIngestHealth(report, now).state).toBe(state)
  })

  it('says why a pass ended early', () => {
    const health = toIngestHealth(reportWith({ failure: 'the disk is full' }), now)
    expect(health.reasons).toEqual([expect.stringContaining('the disk is full')])
  })
})

it('lists everything that failed in a pass', () => {
  const since = '2026-11-20T11:50:00.000Z'
  const report = reportWith({
    failure: 'no space',
    sources: [sourceWith('alpha', failing(since)), sourceWith('bravo')],
    model: modelWith({ error: 'The model refused the key (401).', failingSince: since }),
    covers: { isConfigured: true, error: 'Unsplash answered 401', failingSince: since },
    problems: ['a.md could not be withdrawn'],
  })
  expect(listFailures(report)).toEqual([
    'The pass ended early: no space',
    'alpha: answered 500',
    'The model refused the key (401).',
    'Unsplash answered 401',
    'a.md could not be withdrawn',
  ])
  expect(listFailures(reportWith())).toEqual([])
})
