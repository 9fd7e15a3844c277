import { safeDecode } from '#lib/site/safe-decode.ts'
import type { RenderedPage } from './page-cache.ts'

const waiting = new Map<string, RenderedPage>()

/**
 * The hatch between the framework, which renders, and the front door, which keeps and sends. Both
 * run in one process and load this module natively, so they see the same map. The front door asks
 * for one rendering of a path at a time and takes the result before it asks for the next. The
 * framework decodes some of the paths that it is asked for, so they meet under the decoded one.
 */
export const handover = {
  /** Called by the framework's cache handler with what it has just rendered. */
  give(path: string, page: RenderedPage): void {
    waiting.set(toMeetingPlace(path), page)
  },
  /** Called by whoever asked for the rendering, once it has ended. */
  take(path: string): RenderedPage | undefined {
    const page = waiting.get(toMeetingPlace(path))
    waiting.delete(toMeetingPlace(path))
    return page
  },
}

const toMeetingPlace = (path: string) => safeDecode(path) ?? path
