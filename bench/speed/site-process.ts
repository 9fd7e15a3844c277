import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { readProcessorTime } from '#lib/node/processor-time.ts'
import { listSiteSettings } from '#lib/site/env.ts'
import { blankSettings } from '#lib/site/parse-settings.ts'

/** A server of the bench in a process of its own. */
export type ServerProcess = {
  url: string
  pid: number | undefined
  /** Processor time used so far, in ms. `undefined` where the platform does not tell (not Linux). */
  cpuMilliseconds: () => number | undefined
  /**
   * What it holds in memory with its child processes, in MB; what they share counts once.
   * `undefined` where the platform does not tell (not Linux).
   */
  residentMegabytes: () => number | undefined
  stop: () => Promise<void>
}

/** Runs a script of the project as a server and waits until it answers at a path. */
export async function startServer(
  script: string,
  { port, path, env }: { port: number; path: string; env: Record<string, string> },
): Promise<ServerProcess> {
  // As `npm start` does.
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', '--max-old-space-size=512', script],
    {
      cwd: resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        ...blankSettings(listSiteSettings(), process.env),
        NODE_ENV: 'production',
        PORT: String(port),
        ...env,
      },
    },
  )
  const url = `http://localhost:${port}`
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const stop = async () => {
    if (hasEnded()) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  // A large corpus takes a while to index.
  for (let tries = 0; tries < 6000; tries += 1) {
    if (hasEnded()) break
    const answer = await get(`${url}${path}`).catch(() => undefined)
    if (answer) {
      return {
        url,
        pid: child.pid,
        cpuMilliseconds: () =>
          child.pid === undefined ? undefined : readProcessorTime(child.pid, 'process'),
        residentMegabytes: () => readResidentMegabytes(child.pid),
        stop,
      }
    }
    await wait(50)
  }
  await stop()
  throw new Error(`${script} did not answer at ${url}${path}`)
}

/** `Pss` of Linux's `smaps_rollup` (proc(5)): pages that two processes map count half for each. */
function readResidentMegabytes(pid: number | undefined): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    const pids = [String(pid), ...children.split(' ').filter((child) => child !== '')]
    const kilobytes = pids.map((one) => {
      const [, share] =
        /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8')) ?? []
      return Number(share)
    })
    return kilobytes.reduce((sum, share) => sum + share, 0) / 1024
  } catch {
    return undefined
  }
}

export type Answer = { status: number; headers: Record<string, string>; body: Buffer }

/** Fetches without decoding: the body is what went over the wire. */
export async function get(url: string, encoding = 'identity'): Promise<Answer> {
  const asked = request(url, { headers: { 'accept-encoding': encoding } })
  asked.end()
  const [response] = await once(asked, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
  )
  return { status: response.statusCode, headers, body: Buffer.concat(chunks) }
}
