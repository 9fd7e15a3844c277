import type { IncomingMessage } from 'node:http'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import { isSameSecret } from '#lib/site/is-same-secret.ts'
import { readBody } from '../../http/read-body.ts'
import { type Endpoint, type Exchange, sendJson } from '../../http/send.ts'
import type { PublishReport } from './publish-report.ts'
import {
  InvalidRequestError,
  mostRequestBytes,
  type PublishRequest,
  parsePublishRequest,
} from './publish-request.ts'

/**
 * `POST /api/publish` with `Authorization: Bearer <secret>` and, to publish only some files,
 * `{ "paths": ["articles/en/…md"] }`; with `"confirmRemovals": true` large removals do not wait.
 * Answers a `PublishReport` as JSON, and anything else as `{ "error": "a sentence" }`: 400, 401, 405,
 * 413; 404 without a secret; 503 when the content folder cannot be read, the index not be written, or
 * it takes longer than 30 s, with what it waits for. Requests are handled in the order in which
 * they reach the index.
 */
export function createPublishEndpoint({
  secret,
  publish,
  log,
}: {
  secret: string | undefined
  publish: (wanted: PublishRequest) => Promise<PublishReport>
  log: Log
}): Endpoint {
  return async (exchange) => {
    const { request } = exchange
    if (secret === undefined) return refuse(exchange, 404, 'There is nothing here.')
    if (request.method !== 'POST') {
      return refuse(exchange, 405, 'Publishing is asked for with POST.', { allow: 'POST' })
    }
    if (!isSameSecret(readToken(request), secret)) {
      return refuse(exchange, 401, 'The Authorization header does not hold the secret.', {
        'www-authenticate': 'Bearer realm="publish"',
      })
    }
    const body = (await readBody(request, mostRequestBytes))?.toString()
    if (body === undefined) {
      return refuse(exchange, 413, `The body is larger than ${mostRequestBytes / 1024} KB.`)
    }
    try {
      sendJson(exchange, await publish(parsePublishRequest(body)))
    } catch (error) {
      const reason = reasonOf(error)
      if (error instanceof InvalidRequestError)
        return sendJson(exchange, { error: reason }, { status: 400 })
      log.error(`Publishing on demand failed: ${reason}`)
      sendJson(exchange, { error: reason }, { status: 503 })
    }
  }
}

/** Empty when there is none; no secret is empty. */
function readToken({ headers }: IncomingMessage): string {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}

/** Closes the connection, so that the rest of the body is not awaited. */
function refuse(
  exchange: Exchange,
  status: number,
  error: string,
  headers: Record<string, string> = {},
): void {
  sendJson(exchange, { error }, { status, headers: { ...headers, connection: 'close' } })
}
