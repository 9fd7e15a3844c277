import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createMetrics } from './endpoints/metrics-endpoint.ts'
import { listGauges, listUnreadyReasons, readSiteHealth, type SiteParts } from './site-state.ts'

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
