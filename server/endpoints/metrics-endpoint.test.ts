import { expect, it } from 'vitest'
import { serveInTest } from '../http/serve-in-test.ts'
import { createMetrics, createMetricsEndpoint } from './metrics-endpoint.ts'

function open(token?: string) {
  const metrics = createMetrics([
    { name: 'articles', help: 'Articles.', label: 'locale', read: () => ({ en: 3, uk: 1 }) },
    { name: 'ready', help: 'Ready.', read: () => ({ '': 1 }) },
  ])
  const endpoint = createMetricsEndpoint(metrics, token)
  return { metrics, ...serveInTest([{ name: 'metrics', find: () => endpoint }]) }
}

it('counts answers and pages, and reads gauges when it is asked', async () => {
  const { metrics, ask } = open()
  metrics.countAnswer('article', 200)
  metrics.countAnswer('article', 200)
  metrics.countAnswer('other-page', 404)
  metrics.countPage('cached')
  metrics.observeRendering(0.02)
  const response = await ask('/metrics')
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await response.text()
  for (const line of [
    'dateline_http_requests_total{route="article",status="200"} 2',
    'dateline_http_requests_total{route="other-page",status="404"} 1',
    'dateline_pages_total{outcome="cached"} 1',
    'dateline_render_seconds_bucket{le="0.025"} 1',
    'dateline_articles{locale="uk"} 1',
    'dateline_ready 1',
    'nodejs_eventloop_lag_seconds',
  ]) {
    expect(text).toContain(line)
  }
})

it('is for this machine without a token, and not for who comes through a proxy on it', async () => {
  const { ask } = open()
  expect((await ask('/metrics')).status).toBe(200)
  for (const name of ['x-forwarded-for', 'forwarded']) {
    expect((await ask('/metrics', { headers: { [name]: 'for=203.0.113.9' } })).status).toBe(404)
  }
})

it('is for who sends the token, wherever they are', async () => {
  const { ask } = open('a-token-of-ours-1234')
  const statusOf = async (authorization?: string) =>
    (await ask('/metrics', { headers: authorization ? { authorization } : {} })).status
  expect(await statusOf('Bearer a-token-of-ours-1234')).toBe(200)
  for (const wrong of [undefined, 'Bearer wrong', 'Basic a-token-of-ours-1234', 'Bearer']) {
    expect(await statusOf(wrong)).toBe(404)
  }
})
