import { parseRetryAfter } from '#lib/node/retry.ts'

/** The outcome of one delivery. `later`: try again, after `afterMs` if the target named a time. */
export type Delivery =
  | { kind: 'delivered' }
  | { kind: 'later'; afterMs: number | undefined; reason: string }
  | { kind: 'refused'; reason: string }

/** Notifies one target of some addresses; never rejects. */
export type Deliver = (urls: string[]) => Promise<Delivery>

/** A target that has not answered after so many ms is tried again later. */
const timeoutMilliseconds = 10_000

/**
 * Notifies a WebSub hub that feeds have changed. The specification leaves the form open
 * (https://www.w3.org/TR/websub/#publishing); hubs accept this one since PubSubHubbub 0.4, with
 * `hub.url` once for each feed. Any 2xx means success.
 */
export function deliverToHub(hubUrl: string, timeout = timeoutMilliseconds): Deliver {
  return (urls) => {
    const body = new URLSearchParams([
      ['hub.mode', 'publish'],
      ...urls.map((url): [string, string] => ['hub.url', url]),
    ])
    return post(hubUrl, { body }, timeout)
  }
}

/**
 * Notifies IndexNow of pages that are new, changed or gone (https://www.indexnow.org/documentation):
 * at most 10,000 of one host. 200 and 202 mean success, 429 too many requests.
 */
export function deliverToIndexNow({
  endpoint,
  key,
  siteUrl,
}: {
  endpoint: string
  key: string
  siteUrl: string
}): Deliver {
  const { host } = new URL(siteUrl)
  return (urlList) =>
    post(endpoint, {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ host, key, keyLocation: `${siteUrl}/${key}.txt`, urlList }),
    })
}

async function post(
  url: string,
  message: { headers?: Record<string, string>; body: string | URLSearchParams },
  timeout = timeoutMilliseconds,
): Promise<Delivery> {
  try {
    const { status, headers, body } = await fetch(url, {
      method: 'POST',
      signal: AbortSignal.timeout(timeout),
      // A followed redirect may become a GET, and its 200 would prove nothing.
      redirect: 'manual',
      ...message,
    })
    // An unread body would keep the connection open.
    await body?.cancel()
    if (status >= 200 && status < 300) return { kind: 'delivered' }
    const reason = `it answered ${status}`
    const isPassing =
      (status >= 300 && status < 400) || [408, 425, 429].includes(status) || status >= 500
    if (!isPassing) return { kind: 'refused', reason }
    const now = new Date()
    const retryAt = parseRetryAfter(headers.get('retry-after'), now)
    return { kind: 'later', afterMs: retryAt && retryAt.getTime() - now.getTime(), reason }
  } catch (error) {
    return { kind: 'later', afterMs: undefined, reason: reasonOf(error) }
  }
}

/** The message of `fetch` has no reason; its `cause` has one, sometimes only as a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!(error.cause instanceof Error)) return error.message
  const code = 'code' in error.cause ? String(error.cause.code) : ''
  return error.cause.message || code || error.message
}
