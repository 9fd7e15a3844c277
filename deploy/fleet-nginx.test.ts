import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Asked, askAt } from './ask-nginx.ts'
import { createUpstream, type Upstream } from './fake-upstream.ts'
import { findFreePort, findNginx, type NginxProcess, startNginx } from './nginx-process.ts'

const nginx = findNginx()
const patience = { timeout: 30_000, interval: 20 }
const title = nginx
  ? 'nginx in front of a fleet'
  : 'nginx in front of a fleet (skipped: it is not installed)'

describe.skipIf(!nginx)(title, { timeout: 60_000 }, () => {
  let folder: string
  let readers: Upstream[]
  let editors: Upstream[]
  let proxy: NginxProcess

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-nginx-'))
    const ports = await Promise.all(Array.from({ length: 5 }, () => findFreePort()))
    const upstreams = ports.map((port) => createUpstream(port))
    for (const upstream of upstreams) await upstream.listen()
    readers = upstreams.slice(0, 3)
    editors = upstreams.slice(3)
    const servers = { readers: ports.slice(0, 3), editors: ports.slice(3) }
    const [publicDir, assetsDir] = [join(folder, 'public'), join(folder, 'assets')]
    const port = await findFreePort()
    proxy = await startNginx(nginx ?? '', { folder, port, servers, publicDir, assetsDir })
  })

  afterAll(async () => {
    await proxy?.stop()
    for (const upstream of [...(readers ?? []), ...(editors ?? [])]) await upstream.close()
    await rm(folder, { recursive: true })
  })

  afterEach(() => {
    for (const upstream of [...readers, ...editors]) {
      Object.assign(upstream, { asked: [], isStarting: false })
    }
  })

  const statusOf = async (path: string, asked?: Asked) =>
    (await askAt(`${proxy.url}${path}`, asked)).status
  const paths = Array.from({ length: 30 }, (_, i) => `/article/spread-${i}`)
  const isOf = (path: string) => (line: string) => line.split(' ')[1]?.split('?')[0] === path
  const findReaders = (path: string) => readers.filter(({ asked }) => asked.some(isOf(path)))

  it('asks one machine for an address, in every encoding, and all machines for some', async () => {
    for (const path of [...paths, '/rss.xml']) {
      for (const encoding of ['br', 'gzip', 'identity']) {
        await statusOf(path, { headers: { 'accept-encoding': encoding } })
        await statusOf(`${path}?tag=hack`, { headers: { 'accept-encoding': encoding } })
      }
      expect(findReaders(path)).toHaveLength(1)
    }
    for (const { asked } of readers) expect(asked.length).toBeGreaterThan(0)
    expect(editors.flatMap(({ asked }) => asked)).toEqual([])
  })

  const failures = [
    { name: 'gone', fail: (one: Upstream) => one.close(), heal: (one: Upstream) => one.listen() },
    {
      name: 'not-ready',
      fail: (one: Upstream) => Object.assign(one, { isStarting: true }),
      heal: () => {},
    },
  ]
  it.each(failures)(
    'gives the share of a machine that is $name to the others, and no more',
    async ({ name, fail, heal }) => {
      const before = paths.map((path) => `${path}-${name}`)
      for (const path of before) await statusOf(path)
      const owners = before.map((path) => findReaders(path)[0])
      const [failing] = owners
      if (!failing) throw new Error('no machine was asked')
      await fail(failing)
      try {
        for (const upstream of readers) upstream.asked = []
        for (const [i, path] of before.entries()) {
          expect(await statusOf(`${path}?again`)).toBe(200)
          if (owners[i] !== failing) expect(findReaders(path)).toEqual([owners[i]])
        }
      } finally {
        await heal(failing)
      }
    },
  )

  it('takes a machine out that is behind, as long as another one is ready', async () => {
    const moved = paths.map((path) => `${path}-behind`)
    for (const path of moved) await statusOf(path)
    const [behind] = findReaders(moved[0] ?? '')
    if (!behind) throw new Error('no machine was asked')
    const file = join(folder, 'servers.conf')
    const script = join(import.meta.dirname, 'follow-readiness.sh')
    const child = spawn(script, [file, `kill -HUP ${proxy.pid}`])
    const untilDown = (count: number) =>
      vi.waitUntil(
        async () => (await readFile(file, 'utf8')).split(' down;').length === count + 1,
        patience,
      )
    try {
      behind.isBehind = true
      await untilDown(1)
      await vi.waitUntil(async () => {
        behind.asked = []
        for (const path of moved) expect(await statusOf(`${path}-again`)).toBe(200)
        return behind.asked.every((line) => line.includes('/readyz'))
      }, patience)
      for (const upstream of readers) upstream.isBehind = true
      await untilDown(0)
      for (const upstream of readers) upstream.isBehind = upstream !== behind
      await untilDown(2)
    } finally {
      child.kill()
      for (const upstream of readers) upstream.isBehind = false
    }
  })

  it('sends previews, publishing and the desk to the machine of editors, or to the one beside it', async () => {
    const [first, second] = editors
    if (!first || !second) throw new Error('there are two')
    const send = async () => {
      await statusOf('/preview/en/a?until=1')
      await statusOf('/desk/articles')
      return await statusOf('/api/publish', { method: 'POST' })
    }
    await send()
    expect([first.asked.length, second.asked.length]).toEqual([3, 0])
    await first.close()
    await send()
    expect(second.asked).toHaveLength(3)
    await first.listen()
    // Who does not write says so: what was saved on its machine is not published by another one.
    first.isStarting = true
    expect(await send()).toBe(503)
    expect(second.asked).toHaveLength(3)
    expect(readers.flatMap(({ asked }) => asked)).toEqual([])
  })
})
