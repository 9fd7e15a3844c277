import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { isSameSecret } from '#lib/site/is-same-secret.ts'
import { cacheControl } from '../http/headers.ts'
import { type Endpoint, type Exchange, send, sendSentence } from '../http/send.ts'

/** A gauge that is read when it is asked for; labels are those of `values`. */
export type ReadGauge = {
  name: string
  help: string
  label?: string
  /** The value of each label, or of the gauge itself under the empty label. */
  read: () => Record<string, number> | Promise<Record<string, number>>
}

export type Metrics = {
  countAnswer(route: string, status: number): void
  countPage(outcome: 'cached' | 'rendered'): void
  observeRendering(seconds: number): void
  /** In the text format of Prometheus. */
  toText(): Promise<string>
}

/** Measures for Prometheus. Names begin with `dateline_`; those of the process are prom-client's. */
export function createMetrics(gauges: readonly ReadGauge[]): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })
  const answers = new Counter({
    name: 'dateline_http_requests_total',
    help: 'Requests by the route that answered and the status.',
    labelNames: ['route', 'status'],
    registers,
  })
  const pages = new Counter({
    name: 'dateline_pages_total',
    help: 'Pages that were sent from the page cache, and pages that had to be rendered.',
    labelNames: ['outcome'],
    registers,
  })
  const rendering = new Histogram({
    name: 'dateline_render_seconds',
    help: 'How long pages took to be rendered, waiting for their turn included.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  for (const { name, help, label, read } of gauges) {
    new Gauge({
      name: `dateline_${name}`,
      help,
      labelNames: label === undefined ? [] : [label],
      registers,
      async collect() {
        const values = await read()
        this.reset()
        for (const [key, value] of Object.entries(values)) {
          if (label === undefined) this.set(value)
          else this.set({ [label]: key }, value)
        }
      },
    })
  }
  // Looking a counter up by its labels costs more than counting.
  const known = new Map<string, { inc(): void }>()
  const pagesBy = { cached: pages.labels('cached'), rendered: pages.labels('rendered') }
  return {
    countAnswer(route, status) {
      const key = `${route} ${status}`
      const counter = known.get(key) ?? answers.labels(route, String(status))
      known.set(key, counter)
      counter.inc()
    },
    countPage: (outcome) => pagesBy[outcome].inc(),
    observeRendering: (seconds) => rendering.observe(seconds),
    toText: () => registry.metrics(),
  }
}

/**
 * `/metrics`: open to requests with the token; if none is set, open to this machine only. All other
 * requests get a 404.
 */
export function createMetricsEndpoint(metrics: Metrics, token: string | undefined): Endpoint {
  return async (exchange) => {
    if (!mayRead(exchange, token)) return sendSentence(exchange, 404, 'There is nothing here.')
    send(exchange, {
      status: 200,
      headers: {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
        'cache-control': cacheControl.none,
      },
      body: await metrics.toText(),
    })
  }
}

const loopback = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/

/** A request that a proxy on this machine forwards does not come from this machine. */
function mayRead({ request }: Exchange, token: string | undefined): boolean {
  const { authorization, forwarded } = request.headers
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  if (token !== undefined) return given !== undefined && isSameSecret(given, token)
  const isProxied = forwarded !== undefined || request.headers['x-forwarded-for'] !== undefined
  return !isProxied && loopback.test(request.socket.remoteAddress ?? '')
}
