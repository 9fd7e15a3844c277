import { LRUCache } from 'lru-cache'
import { createSharedCalls } from '#lib/node/share-calls.ts'
import type { CachedPage, PageCache } from './page-cache.ts'
import type { PageRenderer } from './page-renderer.ts'
import type { Rendering, RenderRequest } from './render-messages.ts'

/** A page to be rendered and cached. */
type PageRequest = {
  /** Its key in the cache. */
  key: string
  /** The framework's own path. */
  path: string
  /** The status to send it with. The default is 200. */
  status?: number
}

/**
 * Renders a page into the page cache. Resolves to undefined without a complete page: the article was
 * removed meanwhile, or rendering failed. Rejects with `BusyError` when too many requests wait.
 */
export type RenderPage = (request: PageRequest) => Promise<CachedPage | undefined>

/**
 * A page rendered while what it shows changed is rendered again, this often at most. Where changes
 * come faster than renderings the last one is sent, and not cached.
 */
const attempts = 3

/** A page whose rendering failed is not tried again for so long, in ms, unless something changes. */
const failureMilliseconds = 30_000
const mostFailures = 1000

type RenderPageOptions<Answer> = {
  pages: PageCache<Answer>
  render: PageRenderer['render']
  /** The index's epoch now. */
  epoch: () => number
  /** Reads what a rendering asked of the index as the cache takes it. */
  toAnswers: (rendering: Rendering) => Answer[]
  /** Called when a rendering failed, with the reason. */
  onFailure: (path: string, reason: string) => void
  /** Called with how long a rendering took, in seconds. */
  onRendered?: (seconds: number) => void
}

/** One rendering of a page serves all who ask for it. */
export function createRenderPage<Answer>({
  pages,
  render,
  epoch,
  toAnswers,
  onFailure,
  onRendered,
}: RenderPageOptions<Answer>): RenderPage {
  const share = createSharedCalls<CachedPage | undefined>()
  const failures = new LRUCache<string, { epoch: number; until: number }>({ max: mostFailures })

  async function renderFresh({ key, path, status = 200 }: PageRequest) {
    for (let attempt = 1; ; attempt += 1) {
      const before = epoch()
      const startedAt = performance.now()
      const rendering = await render('page', { path } satisfies RenderRequest)
      onRendered?.((performance.now() - startedAt) / 1000)
      if (rendering.status !== 200) return undefined
      const { contentType, body } = rendering
      const provenance = { answers: toAnswers(rendering), epoch: before }
      const written = pages.write(key, { status, contentType, body }, provenance)
      const page = pages.find(key)
      if (page) return page
      if (attempt === attempts || provenance.answers.length === 0) return written
    }
  }

  async function renderUnlessFailing(request: PageRequest): Promise<CachedPage | undefined> {
    const { key, path } = request
    const failure = failures.get(key)
    if (failure && failure.epoch === epoch() && performance.now() < failure.until) return undefined
    failures.delete(key)
    try {
      return await renderFresh(request)
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'RenderingFailedError') throw error
      onFailure(path, error.message)
      failures.set(key, { epoch: epoch(), until: performance.now() + failureMilliseconds })
      return undefined
    }
  }

  return (request) => share(request.key, () => renderUnlessFailing(request))
}
