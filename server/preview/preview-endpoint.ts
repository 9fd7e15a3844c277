import { formatProblem } from '#lib/content/problem.ts'
import { cacheControl } from '../http/headers.ts'
import { type Endpoint, type Exchange, send } from '../http/send.ts'
import type { PageRenderer } from '../pages/page-renderer.ts'
import { localeOf } from '../pages/resolve-path.ts'
import { type PageServer, sendBusy } from '../pages/serve-pages.ts'
import { BusyError } from '../pages/task-queue.ts'
import type { createPreviewCheck } from './open-preview.ts'

/** For one editor, now: nobody keeps it, lists it, or learns the link from where it leads. */
const previewHeaders = {
  'cache-control': cacheControl.personal,
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
} as const

/**
 * Answers under `/preview/…`: with the article that a signed link names as it is saved now, or, to
 * every other address, with the ordinary page that there is none.
 */
export function createPreviewEndpoint({
  check,
  renderer,
  sendNotice,
  policy,
}: {
  check: ReturnType<typeof createPreviewCheck>
  renderer: Pick<PageRenderer, 'openPreview'>
  sendNotice: PageServer['sendNotice']
  policy: string
}): Endpoint {
  return async (exchange) => {
    const link = check(exchange.address)
    if (!link) return await sendNotice(exchange, localeOf(exchange.address.segments), 'missing')
    try {
      const opened = await renderer.openPreview(link)
      if (opened.kind === 'missing') return await sendNotice(exchange, link.locale, 'missing')
      if (opened.kind === 'published') {
        return send(exchange, {
          status: 307,
          headers: { ...previewHeaders, location: opened.path },
        })
      }
      if (opened.kind === 'invalid')
        return sendReport(exchange, opened.problems.map(formatProblem).join('\n'), policy)
      const { status, contentType, body } = opened.rendering
      if (status !== 200) return await sendNotice(exchange, link.locale, 'broken')
      send(exchange, {
        status,
        headers: {
          ...previewHeaders,
          'content-security-policy': policy,
          'content-type': contentType,
        },
        body,
      })
    } catch (error) {
      if (error instanceof BusyError) return sendBusy(exchange)
      throw error
    }
  }
}

function sendReport(exchange: Exchange, report: string, policy: string): void {
  send(exchange, {
    status: 422,
    headers: {
      ...previewHeaders,
      'content-security-policy': policy,
      'content-type': 'text/plain; charset=utf-8',
    },
    body: `${report}\n`,
  })
}
