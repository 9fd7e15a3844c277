import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findFreePort, makeWorkingFolder } from './working-folder.ts'

/** A running site of its own: its content folder may be written to, and nobody else reads it. */
export type Site = {
  /** The origin, without a slash at its end. */
  url: string
  port: number
  /** Holds `content` and `data`. */
  folder: string
  publishSecret: string
  /** What it has logged so far. */
  log(): string
  stop(): Promise<void>
}

/** Ports for sites begin here. Below the ports that systems hand out to connections. */
const firstPort = 3210

/**
 * Starts the built site with a new working folder, and resolves when it answers. `position` tells
 * sites that run at the same time apart. With `paperDir` it is the site of that paper, with its content;
 * `environment` is added to its settings. Rejects when the site ends before it has answered.
 */
export async function startSite(
  position: number,
  {
    paperDir = '',
    environment = {},
  }: { paperDir?: string; environment?: Record<string, string> } = {},
): Promise<Site> {
  const port = await findFreePort(firstPort + position)
  const folder = makeWorkingFolder()
  const publishSecret = randomBytes(16).toString('hex')
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, ['server/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      HOST: 'localhost',
      SITE_URL: url,
      PAPER_DIR: paperDir,
      CONTENT_DIR: paperDir === '' ? join(folder, 'content') : '',
      DATA_DIR: join(folder, 'data'),
      // The secret of previews is the one that the site and the command find in the data folder.
      PREVIEW_SECRET: '',
      PUBLISH_SECRET: publishSecret,
      ...environment,
    },
  })
  let logged = ''
  server.stdout?.on('data', (text) => {
    logged += text
  })
  const endWithUs = () => server.kill('SIGKILL')
  process.once('exit', endWithUs)
  const stop = async () => {
    process.off('exit', endWithUs)
    await end(server)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await untilHealthy(server, url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, port, folder, publishSecret, log: () => logged, stop }
}

async function untilHealthy(server: ChildProcess, url: string): Promise<void> {
  while (server.exitCode === null) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined)
    if (response?.ok) return
    await pause(50)
  }
  throw new Error(`The site ended with exit code ${server.exitCode} before it answered.`)
}

/** Asks the site to end, and makes it when it has not within 5 s. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGTERM')
  const force = setTimeout(() => server.kill('SIGKILL'), 5000)
  await ended
  clearTimeout(force)
}
