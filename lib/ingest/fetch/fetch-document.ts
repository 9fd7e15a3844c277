import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import { request } from 'undici'
import { parseRetryAfter } from '#lib/node/retry.ts'
import type { IngestConfig } from '../settings/ingest-config.ts'
import { FetchFailure } from './fetch-failure.ts'
import { type Agents, type NetworkOverrides, openAgents } from './open-agents.ts'
import { acceptedEncodings, readResponseBody } from './read-response-body.ts'

/** What a source was like when it was last read, for conditional requests. */
type Validators = { etag: string | undefined; lastModified: string | undefined }

type FetchedDocument = Validators & {
  bytes: Buffer
  contentType: string
  /** After all redirects. */
  url: string
}

type FetchOptions = {
  headers?: Record<string, string>
  validators?: Validators
  /** Whether its host may be on this machine or in a private network. No host that it redirects to may. */
  allowPrivate: boolean
}

/**
 * Fetches a document with GET, politely and guardedly. Undefined when the server says that nothing
 * has changed. Throws `FetchFailure` for everything that is not a document.
 */
export type FetchDocument = (
  url: string,
  options: FetchOptions,
) => Promise<FetchedDocument | undefined>

const maxRedirects = 5
const redirects = new Set([301, 302, 303, 307, 308])

/** Opens what fetching needs; close it to let the process end. */
export function openFetcher(
  config: IngestConfig['fetch'],
  { now, random, ...around }: { now: () => Date; random: () => number } & NetworkOverrides,
): { fetchDocument: FetchDocument; close(): Promise<void> } {
  const agents = openAgents(config.timeoutSeconds * 1000, around)
  const runForHost = openHostQueues(config.atOnce)
  const fetchOnce: FetchDocument = async (address, options) => {
    // Waiting for a turn does not count: a busy host would make its last source fail.
    let left = config.timeoutSeconds * 1000
    let url = toUrl(address)
    for (let hops = 0; hops <= maxRedirects; hops += 1) {
      const answer = await runForHost(url.host, toPause(config, options), async () => {
        const begunAt = performance.now()
        const signal = AbortSignal.timeout(Math.max(1, Math.ceil(left)))
        try {
          return await ask(url, options, { config, agents, signal, now })
        } finally {
          left -= performance.now() - begunAt
        }
      })
      if (!('location' in answer)) return answer.document
      url = toUrl(answer.location)
      const { origin, hostname } = toUrl(address)
      if (url.origin !== origin) options = { ...options, headers: undefined }
      if (url.hostname !== hostname) options = { ...options, allowPrivate: false }
    }
    throw new FetchFailure(`more than ${maxRedirects} redirects, the last to ${url.href}`, {})
  }
  return {
    async fetchDocument(url, options) {
      for (let tries = 0; ; tries += 1) {
        try {
          return await fetchOnce(url, options)
        } catch (cause) {
          const failure = toFailure(cause)
          const isWorthIt = failure.isPassing && failure.retryAt === undefined
          if (!isWorthIt || tries >= config.retries) throw failure
          await wait(250 * 2 ** tries * (1 + random()))
        }
      }
    },
    close: agents.close,
  }
}

/**
 * One request at a time per host, in the order in which they came, with a pause after each; at most
 * `atOnce` hosts at a time. A host that pauses counts for none of them.
 */
function openHostQueues(atOnce: number) {
  const requests = new PQueue({ concurrency: atOnce })
  const hosts = new Map<string, PQueue>()
  return <Result>(host: string, pauseMs: number, work: () => Promise<Result>): Promise<Result> => {
    const queue = hosts.get(host) ?? new PQueue({ concurrency: 1 })
    hosts.set(host, queue)
    // The caller has the result before the pause.
    return new Promise((resolve, reject) => {
      void queue.add(async () => {
        await requests.add(work).then(resolve, reject)
        await wait(pauseMs)
      })
    })
  }
}

/** Hosts of the operator's own network get no pause. */
function toPause(config: IngestConfig['fetch'], { allowPrivate }: FetchOptions): number {
  return allowPrivate ? 0 : config.pauseMilliseconds
}

type Circumstances = {
  config: IngestConfig['fetch']
  agents: Agents
  signal: AbortSignal
  now: () => Date
}

type Answer = { location: string } | { document: FetchedDocument | undefined }

async function ask(
  url: URL,
  { headers, validators, allowPrivate }: FetchOptions,
  { config, agents, signal, now }: Circumstances,
): Promise<Answer> {
  if (!allowPrivate) agents.refuseLiteral(url)
  const {
    statusCode,
    headers: answer,
    body,
  } = await request(url, {
    dispatcher: allowPrivate ? agents.open : agents.guarded,
    signal,
    headers: {
      'user-agent': config.userAgent,
      accept:
        'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, */*;q=0.1',
      'accept-encoding': acceptedEncodings,
      ...(validators?.etag === undefined ? {} : { 'if-none-match': validators.etag }),
      ...(validators?.lastModified === undefined
        ? {}
        : { 'if-modified-since': validators.lastModified }),
      ...headers,
    },
  })
  const header = (name: string) => [answer[name]].flat()[0]
  if (statusCode === 200) {
    const bytes = await readResponseBody(
      body,
      header('content-encoding'),
      config.maxMegabytes * 1024 * 1024,
    )
    return {
      document: {
        bytes,
        contentType: header('content-type') ?? '',
        url: url.href,
        etag: header('etag'),
        lastModified: header('last-modified'),
      },
    }
  }
  await body.dump({ limit: 16_384 }).catch(() => {})
  if (statusCode === 304) return { document: undefined }
  const location = header('location')
  if (redirects.has(statusCode) && location !== undefined) {
    return { location: URL.parse(location, url)?.href ?? location }
  }
  const retryAt = parseRetryAfter(header('retry-after'), now())
  const isPassing = statusCode === 429 || statusCode === 408 || statusCode >= 500
  throw new FetchFailure(`answered ${statusCode}`, { isPassing, retryAt })
}

function toUrl(address: string): URL {
  const url = URL.parse(address)
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return url
  throw new FetchFailure(`leads to ${address.slice(0, 200)}, which is no http address`, {})
}

/** What the network said, in words. A rejection of ours comes back as the cause of a socket's error. */
function toFailure(cause: unknown): FetchFailure {
  if (cause instanceof FetchFailure) return cause
  if (!(cause instanceof Error)) return new FetchFailure(String(cause), { cause })
  if (cause.cause instanceof FetchFailure) return cause.cause
  const code = 'code' in cause ? String(cause.code) : ''
  const sentence =
    cause.name === 'TimeoutError' || code.includes('TIMEOUT')
      ? 'did not answer in time'
      : (sentences[code] ?? (cause.message || code))
  const isPassing = code !== 'Z_DATA_ERROR' && !code.startsWith('ERR_TLS') && code !== 'ENOTFOUND'
  return new FetchFailure(sentence, { isPassing, cause })
}

const sentences: Record<string, string> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'cut the connection',
  UND_ERR_SOCKET: 'cut the connection',
  ENOTFOUND: 'has no address',
  EAI_AGAIN: 'cannot be looked up now',
  Z_DATA_ERROR: 'sent something that cannot be unpacked',
  Z_BUF_ERROR: 'sent something that cannot be unpacked',
}
