import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNginx, startNginx } from '#deploy/nginx-process.ts'
import { siteEnv } from '#lib/site/env.ts'
import { paperDir } from '#lib/site/read-environment.ts'
import { buildWhenStale } from '#tooling/build.ts'
import { createFleetNode, type FleetNode, stopOnSignal } from '#tooling/start-fleet.ts'
import { startPostgres } from '#tooling/start-postgres.ts'

/**
 * `dateline fleet`: starts a whole fleet on this machine, to try it out: a PostgreSQL server, a node that
 * follows the content folder, some that serve readers, and nginx before them where it is installed. Runs
 * until it is interrupted, and then leaves nothing behind. With DATABASE_URL that database is used.
 */
export async function startFleet({
  nodes: count,
  port,
  ingest = false,
}: {
  nodes: number
  port: number
  /** One more node fetches stories: not unasked, because they are written to the content folder. */
  ingest?: boolean
}) {
  if ((await buildWhenStale()) !== 0) throw new Error('The site could not be built.')
  const { contentDir, databaseUrl } = siteEnv()
  const folder = await mkdtemp(join(tmpdir(), 'dateline-fleet-'))
  const postgres = await startPostgres({ databaseUrl })
  const publishSecret = randomBytes(12).toString('hex')
  const nginx = findNginx()
  const machines: { name: string; role: FleetNode['role']; task: string }[] = [
    { name: 'writer', role: 'writer', task: `follows ${contentDir}` },
    ...Array.from({ length: count }, (_, i) => ({
      name: `web-${i + 1}`,
      role: 'web' as const,
      task: 'serves readers',
    })),
    ...(ingest ? [{ name: 'ingest', role: 'ingest' as const, task: 'fetches stories' }] : []),
  ]
  const proxyPort = port + machines.length
  const nodes = machines.map(({ name, role }, i) =>
    createFleetNode({
      name,
      role,
      port: port + i,
      databaseUrl: postgres.url,
      contentDir,
      dataDir: join(folder, name),
      publishSecret,
      siteUrl: `http://localhost:${nginx ? proxyPort : port + 1}`,
      paperDir: paperDir(),
    }),
  )
  let proxy: { stop(): Promise<void> } | undefined
  const stop = stopOnSignal(
    async () => {
      await proxy?.stop()
      await Promise.all(nodes.map((node) => node.kill()))
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
    { exitCode: 0 },
  )
  try {
    console.log(`PostgreSQL is at ${postgres.url}`)
    for (const [i, node] of nodes.entries()) {
      node.start()
      await node.waitUntilReady()
      const { name, url } = node
      console.log(`${name} is at ${url} and ${machines[i]?.task}. How it is: ${url}/health`)
    }
    if (nginx) {
      proxy = await startNginx(nginx, {
        folder: join(folder, 'nginx'),
        port: proxyPort,
        servers: {
          readers: nodes.filter(({ role }) => role === 'web').map((node) => node.port),
          editors: [port],
        },
        publicDir: join(import.meta.dirname, '../public'),
        // What a machine with nginx collects of releases; here the servers have it.
        assetsDir: join(folder, 'assets'),
      })
    }
    const where = nginx ? `at http://localhost:${proxyPort}` : 'not there: nginx is not installed'
    console.log(`The proxy that sends readers to all of them is ${where}.`)
  } catch (error) {
    await stop()
    throw error
  }
  console.log(
    `Publish: curl -X POST -H 'Authorization: Bearer ${publishSecret}' ${nodes[0]?.url}/api/publish\n` +
      'Ctrl-C ends all of it.',
  )
}
