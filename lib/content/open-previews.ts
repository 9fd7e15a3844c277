import { randomUUID } from 'node:crypto'
import type { Article } from '#lib/content/article.ts'
import type { HiddenReason } from './hidden-reason.ts'

/** What a preview's page shows. */
export type Preview = { article: Article; reason: HiddenReason }

declare global {
  var datelinePreviews: Map<string, Preview> | undefined
}

/**
 * Lays a preview out for the page that shows it, under a name that nobody can guess. The framework
 * bundles its own copy of every module, so the two meet on `globalThis`. `close` is to be called when
 * the page has been rendered.
 */
export function layOutPreview(preview: Preview): { token: string; close: () => void } {
  globalThis.datelinePreviews ??= new Map()
  const token = randomUUID()
  globalThis.datelinePreviews.set(token, preview)
  return { token, close: () => globalThis.datelinePreviews?.delete(token) }
}

export function findPreview(token: string): Preview | undefined {
  return globalThis.datelinePreviews?.get(token)
}
