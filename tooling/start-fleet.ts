import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { listSiteSettings } from '#lib/site/env.ts'
import { blankSettings } from '#lib/site/parse-settings.ts'

export type NodeSettings = {
  name: string
  role: 'all' | 'web' | 'writer' | 'ingest'
  port: number
  databaseUrl: string
  /** Not looked at by `web` and `ingest`. */
  contentDir: string
  dataDir: string
  /** For `POST /api/publish`. */
  publishSecret: string
  siteUrl?: string
  /** The folder of the publication. Without it, the sample. */
  paperDir?: string
  /** Variables that are no settings. */
  environment?: Record<string, string>
}

/** The folder of this engine, whose build a node runs unless it is given another one. */
export const ownRelease = resolve(import.meta.dirname, '..')

/** A machine of a fleet: a server of the built site, or ingest, in a process of its own. */
export type FleetNode = NodeSettings & {
  url: string
  /** What it has written, the last lines of it. */
  lines(): string[]
  isRunning(): boolean
  /** With the build of another folder, if it is given. */
  start(release?: string): void
  /** The server and the process that writes its index, as far as there is one. */
  pids(): Promise<number[]>
  /** Ends the server in an orderly way. */
  stop(): Promise<void>
  /** What a power cut does: nothing goes on, also no process of it that was stopped. */
  kill(): Promise<void>
  /** Until `/readyz` answers 200. Throws with its last lines when it ends, or is not ready in time. */
  waitUntilReady(milliseconds?: number): Promise<void>
}

/** The settings of a node. Every other one is blank, so that none comes from a `.env` file. */
export function toNodeEnvironment({
  name,
  role,
  port,
  databaseUrl,
  contentDir,
  dataDir,
  publishSecret,
  siteUrl = '',
  paperDir = '',
}: NodeSettings): Record<string, string> {
  return {
    ...blankSettings(listSiteSettings(), {}),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PAPER_DIR: paperDir,
    PORT: String(port),
    HOST: '127.0.0.1',
    SITE_URL: siteUrl,
    CONTENT_DIR: role === 'web' || role === 'ingest' ? join(dataDir, 'no-content') : contentDir,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    ROLE: role,
    NODE_NAME: name,
    PUBLISH_SECRET: publishSecret,
  }
}

export function createFleetNode(settings: NodeSettings): FleetNode {
  const { name, port, dataDir } = settings
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let output = ''
  const isRunning = () =>
    child !== undefined && child.exitCode === null && child.signalCode === null

  function start(release = ownRelease): void {
    if (isRunning()) return
    mkdirSync(dataDir, { recursive: true })
    const program =
      settings.role === 'ingest' ? ['cli/dateline.ts', 'ingest', '--watch'] : ['server/main.ts']
    const next = spawn(process.execPath, program, {
      cwd: release,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...toNodeEnvironment(settings), ...settings.environment },
    })
    for (const stream of [next.stdout, next.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-20_000)
      })
    }
    child = next
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || !isRunning()) return
    const ended = once(child, 'close')
    child.kill(signal)
    child.kill('SIGCONT')
    await ended
  }

  async function pids(): Promise<number[]> {
    const pid = child?.pid
    if (pid === undefined) return []
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    return [pid, ...children.split(' ').filter(Boolean).map(Number)]
  }

  const lines = () => output.split('\n').filter((line) => line !== '')
  return {
    ...settings,
    url,
    lines,
    isRunning,
    start,
    stop: () => end('SIGTERM'),
    async kill() {
      const [, ...others] = isRunning() ? await pids() : []
      await end('SIGKILL')
      for (const pid of others) endOther(pid)
    },
    pids,
    async waitUntilReady(milliseconds = 180_000) {
      const deadline = performance.now() + milliseconds
      let last = ''
      while (isRunning() && performance.now() < deadline) {
        const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) })
          .then(async (response) => ({ status: response.status, text: await response.text() }))
          .catch((error) => ({ status: 0, text: String(error) }))
        if (answer.status === 200) return
        last = answer.text
        await wait(100)
      }
      const said = lines().slice(-8).join('\n    ')
      throw new Error(`${name} is not ready (${last}); it said:\n    ${said}`)
    },
  }
}

/** It has mostly ended by itself, with the process that started it. */
function endOther(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Nothing is left to end.
  }
}

/**
 * Has what a command has started end with it when it is interrupted, by Ctrl-C say. Answers `stop` for
 * the command's own end: it runs once, whoever asks first.
 */
export function stopOnSignal(
  stop: () => Promise<void>,
  { exitCode = 130 }: { exitCode?: number } = {},
): () => Promise<void> {
  let stopping: Promise<void> | undefined
  const stopOnce = () => {
    stopping ??= stop()
    return stopping
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void stopOnce().finally(() => process.exit(exitCode)))
  }
  return stopOnce
}
