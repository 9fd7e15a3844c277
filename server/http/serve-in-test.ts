import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { type Log, silentLog } from '#lib/node/log.ts'
import { createRequestListener, type Route, refuseBrokenRequests } from './request-listener.ts'

/**
 * For tests: serves rows of the table of routes on a free port until the test ends. A single `find` is
 * one row that answers every method itself.
 */
export function serveInTest(
  routes: Route[] | Route['find'],
  {
    log = silentLog,
    onAnswered,
    stallMilliseconds,
  }: {
    log?: Log
    onAnswered?: (route: string, status: number) => void
    stallMilliseconds?: number
  } = {},
) {
  const all =
    typeof routes === 'function'
      ? [{ name: 'tested', methods: ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'], find: routes }]
      : routes
  const server = createServer(
    { requireHostHeader: false },
    createRequestListener({ routes: all, log, onAnswered }),
  ).listen(0)
  refuseBrokenRequests(server, stallMilliseconds)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = `http://127.0.0.1:${port}`
  return {
    server,
    url,
    port,
    /** Follows no redirect. */
    ask: (path: string, init?: RequestInit) => fetch(url + path, { redirect: 'manual', ...init }),
  }
}
