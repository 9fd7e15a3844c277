import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { stringifyWellFormed } from '#lib/site/stringify-well-formed.ts'
import { cacheControl, sharedHeaders } from '../../http/headers.ts'
import { type Exchange, send } from '../../http/send.ts'
import { sendText } from '../../http/send-document.ts'

/** Anybody's page may read it; search engines leave it out. */
const apiHeaders = {
  ...sharedHeaders,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Location, Retry-After',
  'x-robots-tag': 'noindex',
} as const

/** Answers with JSON: 200 in the best encoding with a strong ETag, or 304. */
export function sendAnswer(exchange: Exchange, answer: object): Promise<void> {
  return sendText(exchange, {
    contentType: 'application/json; charset=utf-8',
    headers: apiHeaders,
    body: `${stringifyWellFormed(answer)}\n`,
  })
}

export function sendProblem(exchange: Exchange, { status, message, headers }: ProblemError): void {
  const title = STATUS_CODES[status] ?? 'Problem'
  send(exchange, {
    status,
    headers: {
      ...apiHeaders,
      ...headers,
      'content-type': 'application/problem+json',
      'cache-control': cacheControl.none,
    },
    body: `${stringifyWellFormed({ type: 'about:blank', title, status, detail: message })}\n`,
  })
}

/** What a browser asks before a page of another origin may send `If-None-Match`. */
export function sendPreflight(exchange: Exchange): void {
  send(exchange, {
    status: 204,
    headers: {
      ...apiHeaders,
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'If-None-Match',
      'access-control-max-age': '86400',
    },
  })
}

/** Error body (RFC 9457), `application/problem+json`. */
export const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().describe('The name of the status.'),
    status: z.int(),
    detail: z.string().describe('In a sentence, what is wrong with this request.'),
  })
  .describe('Why there is no answer.')

/** A request that is answered with a problem. */
export class ProblemError extends Error {
  readonly status: number
  readonly headers: Record<string, string>

  constructor(status: number, detail: string, headers: Record<string, string> = {}) {
    super(detail)
    this.status = status
    this.headers = headers
  }
}
