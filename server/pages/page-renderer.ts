import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { ArticleIndex, Suppressed } from '#lib/article-index/article-index.ts'
import type { RawFile } from '#lib/content/read-markdown-file.ts'
import type { Log } from '#lib/node/log.ts'
import { createStuckCheck, readProcessorTime } from '#lib/node/processor-time.ts'
import type { PreviewLink } from '../preview/preview-link.ts'
import type {
  PreviewOutcome,
  RenderAnswer,
  Rendering,
  RenderProcessMessage,
  RenderProcessRequest,
  RenderRequest,
  RenderTask,
} from './render-messages.ts'
import { createTaskQueue, type Turn } from './task-queue.ts'

/** What one page took too long, or the process ended under it twice. */
export class RenderingFailedError extends Error {
  override name = 'RenderingFailedError'
}

export type PageRenderer = {
  /** Rejects with `BusyError` or `RenderingFailedError`. */
  render(lane: 'page' | 'search', request: RenderRequest): Promise<Rendering>
  openPreview(of: PreviewLink | RawFile): Promise<PreviewOutcome>
  /** Replaces the list of what must not be served although the index holds it. */
  suppress(suppressed: Suppressed[]): void
  state(): { state: 'starting' | 'ready' | 'stopped'; restarts: number; waiting: number }
  pid(): number | undefined
  stop(): void
}

/**
 * How many pages are rendered at once, and how many more requests wait; any further one is answered
 * with 503. Pages come before search pages, which are made for one reader each and take longer.
 * Rendering is work of one thread: more at once only overlaps what waits for something else.
 */
const renderLimits = {
  page: { mostRunning: 3, mostWaiting: 500 },
  search: { mostRunning: 2, mostWaiting: 16 },
}
const mostRunning = 4

/**
 * A process that has not answered for this long, in ms, is ended and another one started. One that had
 * less than half of this as processor time, and is at work, is given more: the machine is busy.
 */
const longestSilence = 8000

/** How often an idle process is asked whether it still answers, in ms. */
const pingMilliseconds = 2000

/** A process that ends is started again after this long, in ms, and longer each time. */
const restartMilliseconds = { first: 50, most: 10_000 }

type Pending = {
  task: RenderTask
  /** 0 while the process does not have it. */
  sentAt: number
  /** It waits for bodies to be compiled: nothing is expected of the process. */
  isWaiting: boolean
  turn: Turn | undefined
  /** A process ended while it had this task: it, or another one, was the cause. */
  isSuspect: boolean
  settle: PromiseWithResolvers<RenderAnswer[keyof RenderAnswer]>
}

/**
 * Renders pages in a process of its own and keeps that process alive. Resolves once it can render;
 * rejects when it cannot even start.
 */
export async function startPageRenderer({
  index,
  log,
  onDamage,
  script = new URL('./render-process.ts', import.meta.url),
  silenceMilliseconds = longestSilence,
  readUsed = (pid) => readProcessorTime(pid, 'first thread'),
}: {
  /** Answers the searches of pages. */
  index: Pick<ArticleIndex, 'search'>
  log: Log
  /** Called when the process finds the index damaged. */
  onDamage: (reason: string) => void
  script?: URL
  silenceMilliseconds?: number
  /** Reads the processor time that a process has used, in ms. */
  readUsed?: (pid: number) => number | undefined
}): Promise<PageRenderer> {
  const queue = createTaskQueue(renderLimits, { mostRunning })
  const pending = new Map<number, Pending>()
  let child: ChildProcess | undefined
  let isReady = false
  let isStopped = false
  let lastNumber = 0
  let restarts = 0
  /** The one suspect that the process has now. If it ends again, that one was the cause. */
  let onTrial: number | undefined
  let suppressed: Suppressed[] = []
  let restartIn = restartMilliseconds.first

  function start(): Promise<void> {
    const started = fork(script, {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--max-semi-space-size=8', '--max-old-space-size=512'],
    })
    child = started
    logLines(started.stdout, log.debug)
    logLines(started.stderr, log.warn)
    return new Promise((resolve, reject) => {
      started.on('message', (message: RenderProcessMessage) => {
        if (message.kind === 'ready') {
          isReady = true
          restartIn = restartMilliseconds.first
          if (suppressed.length > 0) send({ kind: 'suppress', suppressed })
          dispatch()
          resolve()
        } else receive(started, message)
      })
      const end = (reason: string) => {
        if (child !== started) return
        const wasReady = isReady
        child = undefined
        isReady = false
        reject(new Error(reason))
        if (!isStopped && wasReady) restart(reason)
      }
      started.once('error', (error) => end(error.message))
      started.once('exit', (code, signal) => end(`it ended with ${signal ?? `code ${code}`}`))
    })
  }

  /** What the process had under way is tried again, one at a time: the one at fault fails alone. */
  function restart(reason: string): void {
    restarts += 1
    log.error(`The process that renders pages is started again: ${reason}`)
    for (const [number, one] of pending) {
      if (one.sentAt === 0) continue
      one.sentAt = 0
      one.isSuspect = true
      setWaiting(one, false)
      if (number !== onTrial && one.task.kind !== 'ping') continue
      pending.delete(number)
      one.settle.reject(new RenderingFailedError(reason))
    }
    onTrial = undefined
    startLater()
  }

  function startLater(): void {
    const wait = restartIn
    restartIn = Math.min(restartIn * 2, restartMilliseconds.most)
    setTimeout(() => {
      if (isStopped) return
      start().catch((error) => {
        log.error(`Pages cannot be rendered: ${error.message}`)
        startLater()
      })
    }, wait).unref()
  }

  function dispatch(): void {
    if (!isReady) return
    for (const [number, one] of pending) {
      if (one.sentAt > 0 || (one.isSuspect && onTrial !== undefined)) continue
      if (one.isSuspect) onTrial = number
      one.sentAt = performance.now()
      send({ kind: 'task', number, task: one.task })
    }
  }

  /** One that has ended meanwhile is noticed by its exit. */
  function send(message: RenderProcessRequest): void {
    child?.send(message, () => {})
  }

  function receive(from: ChildProcess, message: RenderProcessMessage): void {
    if (from !== child) return
    switch (message.kind) {
      case 'answer':
        settle(message.number, ({ settle }) => settle.resolve(message.answer))
        break
      case 'failure':
        settle(message.number, ({ settle }) =>
          settle.reject(new RenderingFailedError(message.reason)),
        )
        break
      case 'search': {
        const { number, query } = message
        const answer = (given: { results: SearchAnswer } | { failure: string }) => {
          if (from === child) send({ kind: 'search-results', number, ...given })
        }
        index.search(query).then(
          (results) => answer({ results }),
          (error) => answer({ failure: String(error) }),
        )
        break
      }
      case 'waiting': {
        const one = pending.get(message.number)
        if (one) setWaiting(one, message.isWaiting)
        break
      }
      case 'log':
        log[message.level](message.message, message.facts)
        break
      case 'damage':
        onDamage(message.reason)
        break
    }
  }

  function setWaiting(one: Pending, isWaiting: boolean): void {
    one.isWaiting = isWaiting
    if (isWaiting) one.turn?.pause()
    else one.turn?.resume()
    if (one.sentAt > 0) one.sentAt = performance.now()
  }

  function settle(number: number, act: (one: Pending) => void): void {
    const one = pending.get(number)
    pending.delete(number)
    if (number === onTrial) onTrial = undefined
    // Requests that waited behind it could not be answered meanwhile, so their time starts now.
    const time = performance.now()
    for (const other of pending.values()) if (other.sentAt > 0) other.sentAt = time
    if (one) act(one)
    dispatch()
  }

  function ask<Kind extends keyof RenderAnswer>(
    task: RenderTask & { kind: Kind },
    turn?: Turn,
  ): Promise<RenderAnswer[Kind]> {
    if (isStopped) return Promise.reject(new RenderingFailedError('the server is stopping'))
    lastNumber += 1
    const number = lastNumber
    const asked = Promise.withResolvers<RenderAnswer[keyof RenderAnswer]>()
    pending.set(number, {
      task,
      sentAt: 0,
      isWaiting: false,
      turn,
      isSuspect: false,
      settle: asked,
    })
    dispatch()
    return asked.promise as Promise<RenderAnswer[Kind]>
  }

  const isStuck = createStuckCheck(() =>
    child?.pid === undefined ? undefined : readUsed(child.pid),
  )
  const watch = setInterval(
    () => {
      if (!isReady) return
      const oldest = Math.min(
        ...[...pending.values()]
          .filter(({ sentAt, isWaiting }) => sentAt > 0 && !isWaiting)
          .map(({ sentAt }) => sentAt),
      )
      if (isStuck({ since: oldest, limit: silenceMilliseconds })) {
        log.error('The process that renders pages does not answer and is ended.')
        child?.kill('SIGKILL')
      } else if (oldest === Number.POSITIVE_INFINITY)
        void ask({ kind: 'ping' }).catch(() => undefined)
    },
    Math.min(pingMilliseconds, silenceMilliseconds / 4),
  )

  await start().catch((error) => {
    clearInterval(watch)
    throw error
  })
  watch.unref()

  return {
    render: (lane, request) => queue.run(lane, (turn) => ask({ kind: 'render', request }, turn)),
    openPreview: (of) => queue.run('page', (turn) => ask({ kind: 'preview', of }, turn)),
    suppress(list) {
      suppressed = list
      if (isReady) send({ kind: 'suppress', suppressed })
    },
    state: () => ({
      state: isStopped ? 'stopped' : isReady ? 'ready' : 'starting',
      restarts,
      waiting: queue.waiting(),
    }),
    pid: () => child?.pid,
    stop() {
      isStopped = true
      clearInterval(watch)
      send({ kind: 'stop' })
      child?.unref()
      child?.channel?.unref()
    },
  }
}

type SearchAnswer = Awaited<ReturnType<ArticleIndex['search']>>

/** What the framework prints itself, a message a line. */
function logLines(stream: Readable | null, write: (line: string) => void): void {
  if (stream === null) return
  createInterface({ input: stream }).on('line', (line) => {
    if (line.trim() !== '') write(`Rendering: ${line}`)
  })
}
