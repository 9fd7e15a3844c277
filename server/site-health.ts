import type { ServedArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import type { ContentSync } from '#lib/content-sync/start-content-sync.ts'
import type { FleetState } from '#lib/content-sync/sync-messages.ts'
import { readIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { type PartHealth, readDiskHealth, readIngestHealth } from './endpoints/health-endpoints.ts'
import type { ReadGauge } from './endpoints/metrics-endpoint.ts'
import { type NotificationStatus, toNotificationHealth } from './notify/notifier.ts'
import type { PageRenderer } from './pages/page-renderer.ts'

/** The parts of a running site, as far as their state is of interest to its operator. */
export type SiteParts = {
  index: Pick<ServedArticleIndex, 'status' | 'searchState'>
  sync: Pick<ContentSync, 'progress' | 'state' | 'fleet'>
  renderer: Pick<PageRenderer, 'state'>
  /** Bytes of rendered pages in the cache. */
  pageBytes: () => { memory: number; disk: number }
  notifications: () => NotificationStatus[]
  /** Undefined without a desk. */
  desk?: { failure: () => string | undefined } | undefined
  dataDir: string
  isStopping: () => boolean
}

/** Why readers should not be sent here now, each reason in a sentence. */
export function listUnreadyReasons({ sync, renderer, isStopping }: SiteParts): string[] {
  const { state, filesSeen, filesTotal } = sync.progress()
  return [
    ...(isStopping() ? ['The server is stopping.'] : []),
    ...(state === 'ready' ? [] : [`The index holds ${filesSeen} of ${filesTotal} content files.`]),
    ...(renderer.state().state === 'ready' ? [] : ['The process that renders pages is starting.']),
    ...listFleetReasons(sync.fleet()),
  ]
}

/** From here on a node of a fleet is behind the others, in s. */
const mostLagSeconds = 30

/** What is due appears by the clock, so those of a fleet may differ no more, in ms. */
const mostClockOffsetMs = 2000

/**
 * Why a node should serve no readers although the others may. A database that does not answer is no
 * reason: it would take every node offline at once.
 */
function listFleetReasons(fleet: FleetState | undefined): string[] {
  const { lagSeconds = 0, clockOffsetMs = 0, revision, latestRevision, waitsFor } = fleet ?? {}
  const isClockOff = Math.abs(clockOffsetMs) > mostClockOffsetMs
  return [
    ...(lagSeconds > mostLagSeconds
      ? [`This node is at revision ${revision}, ${lagSeconds} s behind ${latestRevision}.`]
      : []),
    ...(waitsFor === undefined ? [] : [waitsFor]),
    ...(isClockOff ? [`The clock here is ${clockOffsetMs} ms ahead of the database's.`] : []),
  ]
}

/** How a node stands in its fleet, for `/health`. */
function readFleetHealth(fleet: FleetState | undefined): PartHealth {
  if (!fleet) return { state: 'off' }
  const reasons = [...(fleet.failure ? [fleet.failure] : []), ...listFleetReasons(fleet)]
  const state = fleet.failure ? 'alone' : reasons.length > 0 ? 'behind' : 'ok'
  return { state, ...reasonIf(reasons.length > 0, reasons.join(' ')), ...fleet }
}

/** The state of every part, for `/health`. */
export async function readSiteHealth(parts: SiteParts): Promise<Record<string, PartHealth>> {
  const { index, sync, renderer, pageBytes, notifications, dataDir } = parts
  const progress = sync.progress()
  const rendering = renderer.state()
  const { memory, disk } = pageBytes()
  return {
    content: sync.state(),
    fleet: readFleetHealth(sync.fleet()),
    index: {
      ...progress,
      ...index.status(),
      ...reasonIf(
        progress.state !== 'ready' || progress.filesSeen < progress.filesTotal,
        'files are still being read',
      ),
    },
    search: index.searchState() ?? { state: 'off' },
    renderer: {
      ...rendering,
      ...reasonIf(rendering.state !== 'ready', 'the process is being started'),
    },
    pageCache: { state: 'ok', memoryBytes: memory, diskBytes: disk },
    ingest: readIngestHealth(dataDir),
    notifications: toNotificationHealth(notifications()),
    desk: readDeskHealth(parts),
    disk: await readDiskHealth(dataDir),
  }
}

function readDeskHealth({ desk }: SiteParts): PartHealth {
  if (!desk) return { state: 'off' }
  const reason = desk.failure()
  return reason === undefined ? { state: 'ok' } : { state: 'failed', reason }
}

/** A gauge of which nothing is known has no value. */
function withoutUndefined(values: Record<string, number | undefined>): Record<string, number> {
  const known = Object.entries(values).flatMap(([name, value]): [string, number][] =>
    value === undefined ? [] : [[name, value]],
  )
  return Object.fromEntries(known)
}

const reasonIf = (isWrong: boolean, reason: string) => (isWrong ? { reason } : {})

/** What `/metrics` reads when it is asked. `parts` is called no sooner. */
export function listGauges(parts: () => SiteParts): ReadGauge[] {
  const ofNode = (toValue: (fleet: FleetState) => number | undefined) => () => {
    const fleet = parts().sync.fleet()
    return fleet ? withoutUndefined({ [fleet.role]: toValue(fleet) }) : {}
  }
  const ofTargets = (toValue: (target: NotificationStatus) => number) => () =>
    Object.fromEntries(
      parts()
        .notifications()
        .map((target) => [target.name, toValue(target)]),
    )
  return [
    {
      name: 'ready',
      help: '1 when readers may be sent here.',
      read: () => ({ '': listUnreadyReasons(parts()).length === 0 ? 1 : 0 }),
    },
    {
      name: 'degraded',
      help: '1 for a part of the site that /health gives a reason for.',
      label: 'part',
      read: async () => {
        const health = Object.entries(await readSiteHealth(parts()))
        return Object.fromEntries(
          health.map(([part, { reason }]) => [part, reason === undefined ? 0 : 1]),
        )
      },
    },
    {
      name: 'articles',
      help: 'Visible articles by language.',
      label: 'locale',
      read: () => parts().index.status().visibleCount,
    },
    {
      name: 'content_files',
      help: 'Content files by what became of them.',
      label: 'outcome',
      read: () => {
        const { fileCount, articleCount, errorCount, warningCount } = parts().index.status()
        return {
          seen: fileCount,
          articles: articleCount,
          errors: errorCount,
          warnings: warningCount,
        }
      },
    },
    {
      name: 'index_files_waiting',
      help: 'Content files that the index does not hold yet.',
      read: () => {
        const { filesSeen, filesTotal } = parts().sync.progress()
        return { '': filesTotal - filesSeen }
      },
    },
    {
      name: 'fleet_revision',
      help: 'The revision of the database that is served here, and the latest one as far as is known.',
      label: 'of',
      read: () => {
        const { revision, latestRevision } = parts().sync.fleet() ?? {}
        return withoutUndefined({ node: revision, database: latestRevision })
      },
    },
    {
      name: 'fleet_lag_seconds',
      help: 'Since when newer revisions wait to be served by a node, under its role.',
      label: 'role',
      read: ofNode(({ lagSeconds }) => lagSeconds),
    },
    {
      name: 'fleet_clock_offset_seconds',
      help: 'How far the clock of a node is ahead of that of the database, under its role.',
      label: 'role',
      read: ofNode(({ clockOffsetMs }) => clockOffsetMs && clockOffsetMs / 1000),
    },
    {
      name: 'fleet_connected',
      help: '1 while the database answers a node, under its role.',
      label: 'role',
      read: ofNode(({ failure }) => Number(failure === undefined)),
    },
    {
      name: 'fleet_lease',
      help: '1 for the node that writes, under its role.',
      label: 'role',
      read: ofNode(({ lease }) => Number(lease?.isMine === true)),
    },
    {
      name: 'fleet_peers',
      help: 'Nodes that were seen within the last seconds, by role.',
      label: 'role',
      read: () => {
        const counts: Record<string, number> = {}
        for (const { role } of parts().sync.fleet()?.peers ?? []) {
          counts[role] = (counts[role] ?? 0) + 1
        }
        return counts
      },
    },
    {
      name: 'page_cache_bytes',
      help: 'Rendered pages in the cache.',
      label: 'where',
      read: () => parts().pageBytes(),
    },
    {
      name: 'renderer_restarts',
      help: 'How often the process that renders was started again.',
      read: () => ({ '': parts().renderer.state().restarts }),
    },
    {
      name: 'renderer_waiting',
      help: 'Pages and searches that wait to be rendered.',
      read: () => ({ '': parts().renderer.state().waiting }),
    },
    {
      name: 'searches_waiting',
      help: 'Searches that wait for the thread that searches.',
      read: () => ({ '': parts().index.searchState()?.waiting ?? 0 }),
    },
    {
      name: 'notifications_pending',
      help: 'Addresses that a target has yet to be notified of.',
      label: 'target',
      read: ofTargets(({ pending }) => pending),
    },
    {
      name: 'notifications_failing',
      help: '1 for a target whose last delivery failed.',
      label: 'target',
      read: ofTargets(({ failingSince }) => (failingSince === undefined ? 0 : 1)),
    },
    {
      name: 'ingest_source_failing',
      help: '1 for a source whose last fetch failed.',
      label: 'source',
      read: () => {
        const sources = readIngestReport(parts().dataDir)?.sources ?? []
        return Object.fromEntries(
          sources.map(({ key, error }) => [key, error === undefined ? 0 : 1]),
        )
      },
    },
    {
      name: 'disk_free_bytes',
      help: 'Room on the disk of the data folder.',
      read: async (): Promise<Record<string, number>> => {
        const { freeBytes } = await readDiskHealth(parts().dataDir)
        return typeof freeBytes === 'number' ? { '': freeBytes } : {}
      },
    },
  ]
}
