import { randomUUID } from 'node:crypto'
import type { Article } from '#lib/content/article.ts'
import type { UnpublishedReason } from './visibility.ts'

/** What a preview's page shows. `reason` is why readers do not get it; undefined where they do. */
export type Preview = { article: Article; reason: UnpublishedReason | undefined }

declare global {
  var datelinePendingPreviews: Map<string, Preview> | undefined
}

/**
 * Stores a preview for the page that shows it, under a random name. The framework
 * bundles its own copy of every module, so the two meet on `globalThis`. Call `close` when the page has
 * been rendered.
 */
export function addPendingPreview(preview: Preview): { token: string; close: () => void } {
  globalThis.datelinePendingPreviews ??= new Map()
  const token = randomUUID()
  globalThis.datelinePendingPreviews.set(token, preview)
  return { token, close: () => globalThis.datelinePendingPreviews?.delete(token) }
}

export function findPendingPreview(token: string): Preview | undefined {
  return globalThis.datelinePendingPreviews?.get(token)
}
