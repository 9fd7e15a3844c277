import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { listSiteSettings } from '#lib/site/env.ts'
import { blankSettings } from '#lib/site/parse-settings.ts'

/** How long one answer may take before the site counts as hanging, in ms. */
const longestAnswer = 20_000

export type SiteSettings = { port: number; contentDir: string; dataDir: string }

export type Reply = {
  status: number
  location: string | undefined
  text: string
  milliseconds: number
}

/** The site in a process of its own, seen from outside: what it answers and what it says. */
export type Site = {
  /** What it wrote to its output so far, by lines. */
  lines: string[]
  /** Rejects when there is no answer: refused, cut off, or later than 20 s. */
  ask(path: string): Promise<Reply>
  /** How the process ended (`exit code 1`, `SIGBUS`). `undefined` while it runs. */
  ending(): string | undefined
  /** Until `/health` answers. Throws with its last lines when the process ends first. */
  waitUntilAnswering(): Promise<void>
  /** Until `/health` says that everything in the content folder has been read. */
  waitUntilSettled(): Promise<void>
  /** How many articles `/health` says are shown, in all languages. */
  countVisible(): Promise<number>
  /** Ends the process with SIGKILL: no signal handler runs. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Where the index does not tell its state, the site answers only once it has read everything. */
const healthSchema = z.object({
  index: z.object({
    state: z.string().optional(),
    visibleCount: z.record(z.string(), z.number()),
  }),
})

/** Starts the built site and returns at once, long before the site answers. */
export function startSite({ port, contentDir, dataDir }: SiteSettings): Site {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...blankSettings(listSiteSettings(), process.env),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      HOST: 'localhost',
      SITE_URL: '',
      CONTENT_DIR: contentDir,
      DATA_DIR: dataDir,
      // So small that pages are evicted.
      PAGE_CACHE_MB: '2',
    },
  })
  const ended = once(child, 'close')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const listLines = () => output.split('\n').filter((line) => line !== '')
  const ending = () =>
    child.signalCode ?? (child.exitCode === null ? undefined : `exit code ${child.exitCode}`)

  async function ask(path: string): Promise<Reply> {
    const startedAt = performance.now()
    // A connection of its own: one that is kept may be closed by the site just as it is used again.
    const asked = request(`http://localhost:${port}${path}`, {
      agent: false,
      signal: AbortSignal.timeout(longestAnswer),
    })
    asked.end()
    const [response] = await once(asked, 'response')
    return {
      status: response.statusCode,
      location: response.headers.location,
      text: await text(response),
      milliseconds: performance.now() - startedAt,
    }
  }

  const readHealth = async () => healthSchema.parse(JSON.parse((await ask('/health')).text)).index

  async function waitUntil(isSo: (health: Awaited<ReturnType<typeof readHealth>>) => boolean) {
    const deadline = performance.now() + 180_000
    while (ending() === undefined && performance.now() < deadline) {
      const health = await readHealth().catch(() => undefined)
      if (health && isSo(health)) return
      await wait(25)
    }
    const lines = listLines().slice(-12).join('\n    ')
    throw new Error(`the site does not come up (${ending() ?? 'it runs'}); it said:\n    ${lines}`)
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (ending() === undefined) child.kill(signal)
    await ended
  }

  return {
    get lines() {
      return listLines()
    },
    ask,
    ending,
    waitUntilAnswering: () => waitUntil(() => true),
    waitUntilSettled: () => waitUntil(({ state }) => state === undefined || state === 'ready'),
    async countVisible() {
      const { visibleCount } = await readHealth()
      return Object.values(visibleCount).reduce((sum, count) => sum + count, 0)
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
