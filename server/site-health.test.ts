import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FleetState } from '#lib/content-sync/sync-messages.ts'
import { createMetrics } from './endpoints/metrics-endpoint.ts'
import { listGauges, listUnreadyReasons, readSiteHealth, type SiteParts } from './site-health.ts'

const none = () => undefined

/** A site that is well in every part, but for what a test changes. */
function partsWith(overrides: Partial<SiteParts> = {}): SiteParts {
  const dataDir = mkdtempSync(join(tmpdir(), 'dateline-state-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  const since = '2026-11-22T12:00:00.000Z'
  return {
    index: {
      status: () => ({
        articleCount: 3,
        visibleCount: { en: 2, uk: 1 },
        fileCount: 4,
        errorCount: 1,
        warningCount: 0,
        revision: 1,
      }),
      searchState: () => ({ state: 'ok', waiting: 0, restarts: 0 }),
    },
    sync: {
      progress: () => ({ state: 'ready', filesSeen: 4, filesTotal: 4 }),
      state: () => ({ state: 'ready', since }),
      fleet: () => undefined,
    },
    renderer: { state: () => ({ state: 'ready', restarts: 0, waiting: 0 }) },
    pageBytes: () => ({ memory: 10, disk: 20 }),
    notifications: () => [],
    dataDir,
    isStopping: () => false,
    ...overrides,
  }
}

const reasonsOf = async (parts: SiteParts) =>
  Object.entries(await readSiteHealth(parts))
    .filter(([, { reason }]) => reason !== undefined)
    .map(([name]) => name)

it('is ready and well when every part is', async () => {
  const parts = partsWith()
  expect(listUnreadyReasons(parts)).toEqual([])
  expect((await reasonsOf(parts)).filter((name) => name !== 'disk')).toEqual([])
})

it.each<[string, Partial<SiteParts>, unready: number]>([
  ['index', { sync: { ...partsWithSync('indexing'), state: () => ready, fleet: none } }, 1],
  ['content', { sync: { ...partsWithSync('ready'), state: () => hanging, fleet: none } }, 0],
  ['desk', { desk: { failure: () => 'disk I/O error' } }, 0],
  ['renderer', { renderer: { state: () => ({ state: 'starting', restarts: 1, waiting: 3 }) } }, 1],
  [
    'notifications',
    {
      notifications: () => [
        { name: 'IndexNow', pending: 2, failingSince: '2026-11-22', lastSuccessAt: undefined },
      ],
    },
    0,
  ],
])('says by name that the %s is not', async (part, overrides, unready) => {
  const parts = partsWith(overrides)
  expect(await reasonsOf(parts)).toContain(part)
  expect(listUnreadyReasons(parts)).toHaveLength(unready)
  const text = await createMetrics(listGauges(() => parts)).toText()
  expect(text).toContain(`dateline_degraded{part="${part}"} 1`)
  expect(text).toContain(`dateline_ready ${unready === 0 ? 1 : 0}`)
})

describe('a node of a fleet', () => {
  const node: FleetState = {
    node: 'web-1/ab12',
    role: 'web',
    revision: 7,
    latestRevision: 7,
    lagSeconds: 0,
    failure: undefined,
    waitsFor: undefined,
    clockOffsetMs: 12,
    lease: { holder: 'all-1/cd34', term: 3, isMine: false },
    peers: [{ node: 'web-1/ab12', role: 'web', revision: 7, build: 'b', mediaRevision: 1 }],
  }
  const partsOf = (overrides: Partial<FleetState>) =>
    partsWith({
      sync: {
        ...partsWithSync('ready'),
        state: () => ready,
        fleet: () => ({ ...node, ...overrides }),
      },
    })

  it('says where it stands', async () => {
    const parts = partsOf({})
    expect((await readSiteHealth(parts)).fleet).toEqual({ state: 'ok', ...node })
    const text = await createMetrics(listGauges(() => parts)).toText()
    expect(text).toContain('dateline_fleet_revision{of="node"} 7')
    expect(text).toContain('dateline_fleet_lease{role="web"} 0')
    expect(text).toContain('dateline_fleet_peers{role="web"} 1')
    expect(text).toContain('dateline_fleet_connected{role="web"} 1')
  })

  it.each<[string, Partial<FleetState>, string[]]>([
    ['behind', { lagSeconds: 31, revision: 5 }, ['This node is at revision 5, 31 s behind 7.']],
    ['behind', { lagSeconds: 30 }, []],
    ['behind', { clockOffsetMs: -2001 }, ["The clock here is -2001 ms ahead of the database's."]],
    ['behind', { waitsFor: 'web-2 waits.' }, ['web-2 waits.']],
    // Else a database that is away would take every node offline.
    ['alone', { failure: 'The database does not answer.' }, []],
  ])('that is %s (%o)', async (state, overrides, reasons) => {
    const parts = partsOf(overrides)
    expect(listUnreadyReasons(parts)).toEqual(reasons)
    const isAmiss = reasons.length > 0 || overrides.failure !== undefined
    expect((await readSiteHealth(parts)).fleet).toMatchObject({ state: isAmiss ? state : 'ok' })
  })

  it('that is none has no values of one', async () => {
    const parts = partsWith()
    expect((await readSiteHealth(parts)).fleet).toEqual({ state: 'off' })
    expect(await createMetrics(listGauges(() => parts)).toText()).not.toMatch(
      /^dateline_fleet\S* \d/m,
    )
  })
})

it('is not ready any more when it stops', () => {
  expect(listUnreadyReasons(partsWith({ isStopping: () => true }))).toEqual([
    'The server is stopping.',
  ])
})

const ready = { state: 'ready' as const, since: '2026-11-22T12:00:00.000Z' }
const hanging = { ...ready, state: 'restarting' as const, reason: 'The process does not answer.' }

function partsWithSync(state: 'ready' | 'indexing') {
  return { progress: () => ({ state, filesSeen: 1, filesTotal: state === 'ready' ? 1 : 9 }) }
}
