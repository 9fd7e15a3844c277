import type { Server } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { recordIndex } from '#lib/article-index/recorded-index.ts'
import { provideServingIndex } from '#lib/article-index/serving-index.ts'
import { openBodyCompiler } from '#lib/markdown/body-compiler.ts'
import { provideBodyCompiler } from '#lib/markdown/compiled-body.ts'
import type { Log } from '#lib/node/log.ts'
import type { BrowserBuild } from '#lib/site/build/browser-build.ts'
import { provideBrowserModules } from '#lib/site/build/browser-modules.ts'
import { commonHeaders } from '../http/headers.ts'
import type { Exchange } from '../http/send.ts'
import { openPreviewLink, openPreviewText } from '../preview/open-preview.ts'
import type { PageRenderer } from './page-renderer.ts'
import type { Rendering, RenderRequest } from './render-messages.ts'
import { renderWithNext } from './render-with-next.ts'

export type Development = {
  renderer: PageRenderer
  browserBuild: BrowserBuild
  /** Lets the framework answer a client itself, at an internal path or at the requested one. */
  answer: (exchange: Exchange, page?: { path: string; status: number }) => Promise<void>
  /** Lets the framework reload pages that are open. */
  attachTo: (server: Server) => void
}

/**
 * `npm run dev`: Next runs in this process, serves from source and caches nothing. Not for production,
 * because the headers of clients reach the framework.
 */
export async function startDevelopment({
  siteDir,
  contentDir,
  index,
  log,
}: {
  siteDir: string
  contentDir: string
  index: ArticleIndex
  log: Log
}): Promise<Development> {
  // Without a store, because the compiler itself may be under development.
  const compiler = openBodyCompiler({ store: undefined, log })
  provideBodyCompiler(compiler.compile)
  provideServingIndex({ pages: recordIndex(index).index, search: index.search })
  const app = next({ dev: true, dir: siteDir })
  await app.prepare()
  // Only now: the framework clears its folder when it prepares.
  const { buildBrowserModules } = await import('#tooling/build-browser-modules.ts')
  const browserBuild = await buildBrowserModules(join(siteDir, '.next', 'dev'), 'development')
  provideBrowserModules(browserBuild)
  const handle = app.getRequestHandler()

  async function render(request: RenderRequest): Promise<Rendering> {
    return { ...(await renderWithNext(handle, request)), answers: [] }
  }

  return {
    browserBuild,
    renderer: {
      render: (_lane, request) => render(request),
      async openPreview(of) {
        const now = new Date()
        const opened =
          'bytes' in of
            ? await openPreviewText(of, { now })
            : await openPreviewLink(of, { contentDir, now })
        if (!opened) return { kind: 'missing' }
        if (opened.kind !== 'page') return opened
        return {
          kind: 'page',
          rendering: await render({ path: opened.path }).finally(opened.close),
        }
      },
      // It reads the index of this process, which suppresses them.
      suppress: () => {},
      state: () => ({ state: 'ready', restarts: 0, waiting: 0 }),
      pid: () => undefined,
      stop() {
        void compiler.close()
        void app.close()
      },
    },
    async answer({ request, response, address }, page) {
      request.url = page ? page.path + address.search : request.url
      response.statusCode = page?.status ?? 200
      for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value)
      await handle(request, response)
    },
    attachTo(server) {
      server.on('upgrade', (request, socket, head) => {
        void app.getUpgradeHandler()(request, socket, head)
      })
    },
  }
}
