import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { handover } from '#lib/page-cache/handover.ts'
import type { CachedPage, PageCache } from '#lib/page-cache/page-cache.ts'

/**
 * Has the framework render a page into the page cache. Answers undefined when no whole page came of
 * it: the article vanished meanwhile, or rendering failed (the framework has logged why).
 * `status` is what the page is to be sent with.
 */
export type RenderPage = (path: string, status?: number) => Promise<CachedPage | undefined>

/** A page rendered while the articles changed is rendered again, this often at most. */
const attempts = 3

/** `render` is the framework's request handler. One rendering of a path serves all who ask for it. */
export function createRenderPage(pages: PageCache, render: RequestListener): RenderPage {
  const underWay = new Map<string, Promise<CachedPage | undefined>>()

  async function renderFresh(path: string, status: number): Promise<CachedPage | undefined> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const generation = pages.generation()
      await request(render, path)
      const rendered = handover.take(path)
      if (!rendered) return undefined
      if (pages.generation() === generation) return pages.write(path, { ...rendered, status })
    }
    return undefined
  }

  return (path, status = 200) => {
    const running = underWay.get(path)
    if (running) return running
    const rendering = renderFresh(path, status).finally(() => underWay.delete(path))
    underWay.set(path, rendering)
    return rendering
  }
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
