import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { handover } from './handover.ts'
import type { CachedPage, PageCache, Provenance, RenderedPage } from './page-cache.ts'

/**
 * Has the framework render a page into the page cache. Answers undefined when no whole page came of
 * it: the article vanished meanwhile, or rendering failed (the framework has logged why).
 * `status` is what the page is to be sent with.
 */
export type RenderPage = (path: string, status?: number) => Promise<CachedPage | undefined>

/** Does some rendering and tells what it was made from. */
export type RecordRendering<Answer> = (work: () => Promise<void>) => Promise<Provenance<Answer>>

/**
 * A page rendered while what it shows changed is rendered again, this often at most. Where changes
 * come faster than renderings the last one is sent, and not kept.
 */
const attempts = 3

/** `render` is the framework's request handler. One rendering of a path serves all who ask for it. */
export function createRenderPage<Answer>(
  pages: PageCache<Answer>,
  render: RequestListener,
  record: RecordRendering<Answer>,
): RenderPage {
  const underWay = new Map<string, Promise<CachedPage | undefined>>()

  async function renderFresh(path: string, status: number): Promise<CachedPage | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const provenance = await record(() => request(render, path))
      const rendered = handover.take(path)
      if (!rendered) return undefined
      const written = pages.write(path, { ...rendered, status }, provenance)
      const page = pages.find(path)
      if (page) return page
      if (attempt === attempts) return written
    }
  }

  return (path, status = 200) => {
    const running = underWay.get(path)
    if (running) return running
    const rendering = renderFresh(path, status).finally(() => underWay.delete(path))
    underWay.set(path, rendering)
    return rendering
  }
}

/** Has the framework render a page that nobody keeps. `path` is of this one rendering alone. */
export async function renderUnkept(
  render: RequestListener,
  path: string,
): Promise<RenderedPage | undefined> {
  await request(render, path)
  return handover.take(path)
}

/** A request that came over no wire and whose response goes nowhere: the handover has the page. */
function request(render: RequestListener, path: string): Promise<void> {
  const incoming = new IncomingMessage(new Socket())
  incoming.method = 'GET'
  incoming.url = path
  incoming.headers = { host: 'localhost' }
  incoming.push(null)
  const outgoing = new ServerResponse(incoming)
  return new Promise((resolve, reject) => {
    outgoing.write = () => true
    outgoing.end = () => {
      resolve()
      return outgoing
    }
    Promise.resolve(render(incoming, outgoing)).then(resolve, reject)
  })
}
