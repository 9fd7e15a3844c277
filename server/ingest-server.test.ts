import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { logTo, silentLog } from '#lib/node/log.ts'
import { serveIngest } from './ingest-server.ts'

it('says that ingest runs and how it is, and leaves a port that is taken alone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ingest-server-'))
  const host = '127.0.0.1'
  const server = serveIngest({ host, port: 0, dataDir, log: silentLog })
  onTestFinished(() => {
    server.close()
    rmSync(dataDir, { recursive: true })
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const ask = async (path: string) => await fetch(`http://${host}:${port}${path}`)
  const statuses = await Promise.all(['/livez', '/readyz', '/'].map(ask))
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 404])
  expect(await (await ask('/health')).json()).toMatchObject({
    status: 'ok',
    ingest: { state: 'off' },
  })
  const lines: string[] = []
  const second = serveIngest({ host, port, dataDir, log: logTo(lines) })
  await new Promise((resolve) => second.once('error', resolve))
  expect(lines.join()).toContain('How ingest is cannot be asked')
})
