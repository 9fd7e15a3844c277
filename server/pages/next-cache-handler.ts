import type { CacheHandler } from 'next/dist/server/lib/incremental-cache/index.js'
import { siteEnv } from '#lib/site/env.ts'
import { handover } from './handover.ts'
import { stripFramework } from './strip-framework.ts'

type Rendered = Parameters<CacheHandler['set']>[1]

const keepsRuntime = siteEnv().frameworkRuntime === 'keep'

/**
 * Next's `cacheHandler`: Next renders, the page cache keeps, the front door sends. Next itself is
 * never given a page back, because a request reaches it only when the page cache has no answer.
 * Anything but a whole page (an error, a redirect, a 404) is not kept by anyone.
 */
export default class NextCacheHandler {
  async get(): Promise<null> {
    return null
  }

  async set(key: string, value: Rendered): Promise<void> {
    const path = toPath(key)
    if (path === undefined || value === null) return
    if (value.kind === 'APP_PAGE' && (value.status ?? 200) === 200) {
      handover.give(path, {
        contentType: 'text/html; charset=utf-8',
        lastModifiedAt: undefined,
        body: Buffer.from(keepsRuntime ? value.html : stripFramework(value.html)),
      })
    }
    if (value.kind === 'APP_ROUTE' && value.status === 200) {
      handover.give(path, {
        contentType: String(value.headers['content-type'] ?? 'application/octet-stream'),
        lastModifiedAt: toInstant(value.headers['last-modified']),
        body: value.body,
      })
    }
  }

  async revalidateTag(): Promise<void> {}

  resetRequestCache(): void {}
}

/** Next prefixes a path with a digest of its route: `/route-cache/APP_PAGE/<digest>/$/en/latest`. */
function toPath(key: string): string | undefined {
  const start = key.indexOf('/$/')
  return start === -1 ? undefined : key.slice(start + 2)
}

function toInstant(header: unknown): string | undefined {
  const time = typeof header === 'string' ? Date.parse(header) : Number.NaN
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
