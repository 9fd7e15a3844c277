import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { toReadingPagePolicy } from '../http/page-policy.ts'
import { commonHeaders } from '../http/security-headers.ts'
import { renderUnkept } from './render-page.ts'

/** What a signed link leads to: a page of the framework, a public address, or a report of problems. */
export type OpenedPreview =
  | { kind: 'page'; path: string; close: () => void }
  | { kind: 'published'; path: string }
  | { kind: 'invalid'; report: string }

/** For one editor, now: nobody keeps it, lists it, or learns the link from where it leads. */
const previewHeaders = {
  ...commonHeaders,
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
} as const

/** Answers with a preview. False, and nothing sent, when its page could not be rendered. */
export async function sendPreview(
  request: IncomingMessage,
  response: ServerResponse,
  preview: OpenedPreview,
  {
    framework,
    isDevelopment,
    policy,
  }: { framework: RequestListener; isDevelopment?: boolean; policy?: string },
): Promise<boolean> {
  if (preview.kind === 'published') {
    response.writeHead(307, { ...previewHeaders, location: preview.path }).end()
    return true
  }
  if (preview.kind === 'invalid') {
    const report = Buffer.from(`${preview.report}\n`)
    send(request, response, { status: 422, contentType: 'text/plain; charset=utf-8', body: report })
    return true
  }
  if (isDevelopment) {
    passToFramework(request, response, preview, framework)
    return true
  }
  try {
    const page = await renderUnkept(framework, preview.path)
    if (page) send(request, response, { status: 200, policy, ...page })
    return page !== undefined
  } finally {
    preview.close()
  }
}

/** In development the framework sends the page itself, with its own tools. */
function passToFramework(
  request: IncomingMessage,
  response: ServerResponse,
  { path, close }: OpenedPreview & { kind: 'page' },
  framework: RequestListener,
): void {
  for (const [name, value] of Object.entries(previewHeaders)) response.setHeader(name, value)
  response.once('close', close)
  request.url = path
  framework(request, response)
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  {
    status,
    policy = toReadingPagePolicy(),
    contentType,
    body,
  }: { status: number; policy?: string | undefined; contentType: string; body: Buffer },
): void {
  response.writeHead(status, {
    ...previewHeaders,
    'content-security-policy': policy,
    'content-type': contentType,
    'content-length': body.length,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
