import type { RenderedPage } from './page-cache.ts'

const waiting = new Map<string, RenderedPage>()

/**
 * The hatch between the framework, which renders, and the front door, which keeps and sends. Both
 * run in one process and load this module natively, so they see the same map. The front door asks
 * for one rendering of a path at a time and takes the result before it asks for the next.
 */
export const handover = {
  /** Called by the framework's cache handler with what it has just rendered. */
  give(path: string, page: RenderedPage): void {
    waiting.set(path, page)
  },
  /** Called by whoever asked for the rendering, once it has ended. */
  take(path: string): RenderedPage | undefined {
    const page = waiting.get(path)
    waiting.delete(path)
    return page
  },
}
