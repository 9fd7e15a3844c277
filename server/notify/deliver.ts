/** What became of telling somebody: done, to be tried again (`afterMs` if they said when), or no use. */
export type Delivery =
  | { kind: 'delivered' }
  | { kind: 'again'; afterMs: number | undefined; reason: string }
  | { kind: 'refused'; reason: string }

/** Tells one listener of some addresses; never rejects. */
export type Deliver = (urls: string[]) => Promise<Delivery>

/** A listener that has not answered by then is asked again another time, in ms. */
const patienceMilliseconds = 10_000

/**
 * Tells a WebSub hub that feeds have something new. How is left open by the specification
 * (https://www.w3.org/TR/websub/#publishing); hubs take this form since PubSubHubbub 0.4, with
 * `hub.url` once for each feed. Any 2xx is a yes.
 */
export function deliverToHub(hubUrl: string, patience = patienceMilliseconds): Deliver {
  return (urls) => {
    const body = new URLSearchParams([
      ['hub.mode', 'publish'],
      ...urls.map((url): [string, string] => ['hub.url', url]),
    ])
    return post(hubUrl, { body }, patience)
  }
}

/**
 * Tells IndexNow of pages that are new, changed or gone (https://www.indexnow.org/documentation): at
 * most 10,000 of one host. 200 and 202 are a yes, 429 asks for patience.
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
  patience = patienceMilliseconds,
): Promise<Delivery> {
  try {
    const signal = AbortSignal.timeout(patience)
    const { status, headers, body } = await fetch(url, { method: 'POST', signal, ...message })
    // Unread, it would keep the connection.
    await body?.cancel()
    if (status >= 200 && status < 300) return { kind: 'delivered' }
    const reason = `it answered ${status}`
    const isPassing = status === 408 || status === 425 || status === 429 || status >= 500
    if (!isPassing) return { kind: 'refused', reason }
    return { kind: 'again', afterMs: parseRetryAfter(headers.get('retry-after')), reason }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'again', afterMs: undefined, reason }
  }
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined
  const milliseconds = /^\d+$/.test(value.trim())
    ? Number(value) * 1000
    : Date.parse(value) - Date.now()
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds)
}
