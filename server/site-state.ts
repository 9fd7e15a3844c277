import type { ServedArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import type { ContentSync } from '#lib/content-sync/start-content-sync.ts'
import { toIngestHealth } from '#lib/ingest-report/ingest-health.ts'
import { readIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { type PartHealth, readDiskHealth } from './endpoints/health-endpoints.ts'
import type { ReadGauge } from './endpoints/metrics-endpoint.ts'
import type { NotificationStatus } from './notify/notifier.ts'
import { toNotificationHealth } from './notify/notifier.ts'
import type { PageRenderer } from './pages/page-renderer.ts'

/** The parts of a running site, as far as their state is of interest to its operator. */
export type SiteParts = {
  index: Pick<ServedArticleIndex, 'status' | 'searchState'>
  sync: Pick<ContentSync, 'progress' | 'state'>
  renderer: Pick<PageRenderer, 'state'>
  /** Bytes of rendered pages in the cache. */
  pageBytes: () => { memory: number; disk: number }
  notifications: () => NotificationStatus[]
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
  ]
}

/** The state of every part, for `/health`. */
export async function readSiteHealth(parts: SiteParts): Promise<Record<string, PartHealth>> {
  const { index, sync, renderer, pageBytes, notifications, dataDir } = parts
  const progress = sync.progress()
  const rendering = renderer.state()
  const { memory, disk } = pageBytes()
  const ingest = toIngestHealth(readIngestReport(dataDir), new Date())
  return {
    content: sync.state(),
    index: {
      ...progress,
      ...index.status(),
      ...reasonIf(progress.state !== 'ready', 'files are still being read'),
    },
    search: index.searchState() ?? { state: 'off' },
    renderer: {
      ...rendering,
      ...reasonIf(rendering.state !== 'ready', 'the process is being started'),
    },
    pageCache: { state: 'ok', memoryBytes: memory, diskBytes: disk },
    ingest: { ...ingest, ...reasonIf(ingest.reasons.length > 0, ingest.reasons.join(' ')) },
    notifications: toNotificationHealth(notifications()),
    disk: await readDiskHealth(dataDir),
  }
}

const reasonIf = (isWrong: boolean, reason: string) => (isWrong ? { reason } : {})

/** What `/metrics` reads when it is asked. `parts` is called no sooner. */
export function listGauges(parts: () => SiteParts): ReadGauge[] {
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
