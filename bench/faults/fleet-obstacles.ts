import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { UsageError } from '#cli/command.ts'
import { findFreePort, isListening } from '#deploy/nginx-process.ts'

/** A network between a machine and its database, which can be cut. */
export type Link = {
  port: number
  /**
   * Bytes pass no more, in connections that are open and in new ones, without an error at either end:
   * what a lost route does, or a firewall.
   */
  cut(): void
  /** New connections pass again. Those that there were stay without an answer, as behind a router that has forgotten them. */
  heal(): void
  /** Connections that were opened while it was cut, and hear nothing. */
  swallowed(): number
  close(): void
}

export async function openLink(to: number): Promise<Link> {
  const pairs = new Set<[Socket, Socket]>()
  let isCut = false
  let swallowed = 0
  const server = createServer((near) => {
    near.on('error', () => {})
    const far = connect(to, '127.0.0.1')
    far.on('error', () => near.destroy())
    pairs.add([near, far])
    if (isCut) {
      swallowed += 1
      return
    }
    near.pipe(far).pipe(near)
    for (const one of [near, far]) one.once('close', () => isCut || near.destroy() || far.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port is free')
  return {
    port: address.port,
    cut() {
      isCut = true
      for (const [near, far] of pairs) {
        near.unpipe(far).pause()
        far.unpipe(near).pause()
      }
    },
    heal() {
      isCut = false
    },
    swallowed: () => swallowed,
    close() {
      server.close()
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
    },
  }
}

/** pgbouncer in transaction mode before a server; it knows every database of it by its name. */
export async function startPooler(
  folder: string,
  to: number,
): Promise<{ port: number; stop(): Promise<void> }> {
  const program = '/usr/sbin/pgbouncer'
  if (!existsSync(program)) throw new UsageError('--pooler needs pgbouncer: apt-get install it.')
  const port = await findFreePort()
  mkdirSync(folder, { recursive: true })
  // It does not run as root.
  chmodSync(folder, 0o755)
  const file = join(folder, 'pgbouncer.ini')
  const settings = `[databases]
* = host=127.0.0.1 port=${to} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
auth_type = any
pool_mode = transaction
max_client_conn = 200
default_pool_size = 5
unix_socket_dir =
`
  writeFileSync(file, settings)
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn(program, [...asNobody, file], { stdio: 'ignore' })
  if (!(await isListening(port, child))) throw new Error('pgbouncer did not start.')
  return {
    port,
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGQUIT')
      await once(child, 'exit')
    },
  }
}

/** A clock for processes of their own that can be put forward; undefined where libfaketime is not installed. */
export function makeClock(
  file: string,
): { environment: Record<string, string>; setOffset(seconds: number): void } | undefined {
  const [library] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')
  if (!library) return undefined
  const setOffset = (seconds: number) =>
    writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`)
  setOffset(0)
  return {
    setOffset,
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  }
}
