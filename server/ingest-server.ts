import { createServer, type Server } from 'node:http'
import type { Log } from '#lib/node/log.ts'
import {
  createHealthEndpoint,
  readDiskHealth,
  readIngestHealth,
  sendLiveness,
} from './endpoints/health-endpoints.ts'
import { createRequestListener } from './http/request-listener.ts'
import type { Endpoint } from './http/send.ts'

/**
 * What a machine answers that fetches stories and serves no readers: `/livez`, `/readyz` and `/health`, so
 * that whatever runs it sees that it hangs. A port that is taken is logged; ingest goes on without it.
 */
export function serveIngest({
  host,
  port,
  dataDir,
  log,
}: {
  host: string
  port: number
  dataDir: string
  log: Log
}): Server {
  const health = createHealthEndpoint(async () => {
    return { ingest: readIngestHealth(dataDir), disk: await readDiskHealth(dataDir) }
  })
  const at = (name: string, endpoint: Endpoint) => ({
    name,
    find: ({ path }: { path: string }) => (path === `/${name}` ? endpoint : undefined),
  })
  const routes = [at('livez', sendLiveness), at('readyz', sendLiveness), at('health', health)]
  const server = createServer(createRequestListener({ routes, log }))
  server.on('error', (error) => log.warn(`How ingest is cannot be asked: ${error.message}`))
  return server.listen(port, host).unref()
}
