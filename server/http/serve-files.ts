import { readdirSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, sep } from 'node:path'
import sendFile from 'send'
import { toPath } from './address.ts'
import { parseHttpDate } from './conditions.ts'
import { filePolicy } from './content-security-policy.ts'
import { commonHeaders, sharedHeaders } from './headers.ts'
import { negotiateEncoding } from './negotiate-encoding.ts'
import { type Endpoint, type Exchange, sendSentence } from './send.ts'

export type FolderOptions = {
  /** The folder on disk. What lies above it, and names that begin with a dot, are never sent. */
  root: string
  cacheControl: string
  /** Answers for a file that is not there. */
  sendMissing: Endpoint
}

/** Files that the build compresses, by the ending of their name; the copies lie beside them. */
export const compressedTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const copySuffixes = { br: '.br', gzip: '.gz' } as const

/**
 * Files of a folder, by their decoded path below it: ranges, conditions, HEAD and types are those of
 * the `send` package. A compressed copy that lay beside a file at the start is sent to who takes it.
 */
export function serveFiles(options: FolderOptions): (below: readonly string[]) => Endpoint {
  const copies = listCopies(options.root)

  return (below) => (exchange) => {
    const path = toPath(below)
    const type = compressedTypes[extname(path)]
    if (type === undefined) return sendFrom(exchange, path, {}, options)
    const encoding = negotiateEncoding(exchange.request.headers['accept-encoding'])
    const copy = encoding === 'identity' ? undefined : path + copySuffixes[encoding]
    const headers = { 'content-type': type, vary: 'Accept-Encoding' }
    return copy !== undefined && copies.has(copy)
      ? sendFrom(exchange, copy, { ...headers, 'content-encoding': encoding }, options)
      : sendFrom(exchange, path, headers, options)
  }
}

function sendFrom(
  exchange: Exchange,
  path: string,
  headers: Record<string, string>,
  { root, cacheControl, sendMissing }: FolderOptions,
): Promise<void> {
  const { request, response } = exchange
  // The package sends a file that the client holds again when the client says `no-cache`.
  delete request.headers['cache-control']
  // And it takes any date that JavaScript can read.
  for (const name of ['if-modified-since', 'if-unmodified-since'] as const) {
    if (parseHttpDate(request.headers[name]) === undefined) delete request.headers[name]
  }
  const all = {
    ...commonHeaders,
    ...sharedHeaders,
    'content-security-policy': filePolicy,
    'cache-control': cacheControl,
    ...headers,
  }
  for (const [name, value] of Object.entries(all)) response.setHeader(name, value)
  return new Promise((resolve, reject) => {
    const answer = (endpoint: Endpoint) => {
      removeHeaders(response)
      Promise.resolve(endpoint(exchange)).then(resolve, reject)
    }
    response.once('close', resolve)
    sendFile(request, path, { root, dotfiles: 'deny', index: false, cacheControl: false })
      .on('directory', () => answer(sendMissing))
      .on('error', (error: { status?: number; headers?: Record<string, string> }) => {
        if (response.headersSent) return void response.destroy()
        if (error.status === 412) {
          return answer((sent) => sendSentence(sent, 412, 'The file is in another state.'))
        }
        if (error.status === 416) {
          const sentence = 'The file does not have this range.'
          return answer((sent) => sendSentence(sent, 416, sentence, error.headers))
        }
        return answer(sendMissing)
      })
      .pipe(response)
  })
}

/** What was said of a document that is not sent. */
export function removeHeaders(response: ServerResponse): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name)
}

function listCopies(root: string): Set<string> {
  const suffixes: string[] = Object.values(copySuffixes)
  try {
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
    return new Set(
      names
        .filter((name) => suffixes.includes(extname(name)))
        .map((name) => toPath(name.split(sep))),
    )
  } catch {
    return new Set()
  }
}
