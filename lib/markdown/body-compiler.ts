import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import {
  createWorkerPool,
  WorkerCrashedError,
  type WorkerPool,
  WorkerTimeoutError,
} from '#lib/node/call-worker.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import { niceness } from '#lib/node/priority.ts'
import { createSharedCalls } from '#lib/node/share-calls.ts'
import type { BodyStore } from './body-store.ts'
import { compileLimits } from './compile-limits.ts'
import { type BodyRequest, type CompiledBody, toPlainBody } from './compiled-body.ts'

/**
 * A body that was accepted when it was read has this much CPU time, in ms: more than it had then, so
 * that no time just below the limit becomes one above it.
 */
const cpuLimitMs = 2 * compileLimits.cpuMs

/** By the clock, in ms: for a machine on which many others work. */
const timeLimitMs = 120_000

/** Bodies above this size, in UTF-16 code units, have a thread of their own: others need not wait. */
const largeBody = 48 * 1024

/** What is held in memory, in bytes of markup. */
const memoryBytes = 32 * 1024 * 1024

/** An idle thread is ended after this long, in ms. */
const idleMs = 60_000

export type BodyCompiler = {
  /**
   * What became of a body: from memory, from the store, or compiled in a thread, once for all who
   * ask meanwhile. A body that cannot be compiled is its text in plain paragraphs, and is logged.
   * Rejects when no thread could try, or a busy machine left it no time.
   */
  compile(request: BodyRequest): Promise<CompiledBody>
  /** Of markup in memory. */
  byteLength(): number
  close(): Promise<void>
}

/** Compiles bodies away from the thread that calls, and keeps what they became. */
export function openBodyCompiler({
  store,
  log,
  maxBytes = memoryBytes,
}: {
  store: BodyStore | undefined
  log: Log
  maxBytes?: number
}): BodyCompiler {
  const openPool = (size: number, yieldsBy: number): WorkerPool<BodyRequest, CompiledBody> =>
    createWorkerPool({
      url: new URL('./compile-body.ts', import.meta.url),
      answer: 'compileInThread',
      niceness: yieldsBy,
      size,
      cpuLimitMs,
      timeLimitMs,
      maxWaiting: Number.POSITIVE_INFINITY,
      idleMs,
      resourceLimits: compileLimits.memory,
    })
  const ordinary = openPool(2, niceness.compiling)
  const large = openPool(1, niceness.compilingLarge)
  const held = new LRUCache<string, CompiledBody>({ maxSize: maxBytes, sizeCalculation: sizeOf })
  const share = createSharedCalls<CompiledBody>()

  async function compile(key: string, request: BodyRequest): Promise<CompiledBody> {
    const stored = store?.find(key)
    if (stored) return stored
    const pool = request.body.length > largeBody ? large : ordinary
    try {
      const compiled = await pool.call(request)
      store?.write(key, compiled)
      return compiled
    } catch (error) {
      if (!isBodysFault(error)) throw error
      const reason = reasonOf(error)
      const name = request.articleUrl ?? `“${request.body.trim().slice(0, 60)}…”`
      log.error(
        `The body of ${name} is shown as plain text, because it cannot be compiled: ${reason}`,
      )
      return toPlainBody(request)
    }
  }

  return {
    async compile(request) {
      const key = digestOf(request)
      const known = held.get(key)
      if (known) return known
      return await share(key, async () => {
        const compiled = await compile(key, request)
        held.set(key, compiled)
        return compiled
      })
    },
    byteLength: () => held.calculatedSize,
    async close() {
      await Promise.all([ordinary.close(), large.close()])
      store?.close()
    },
  }
}

/** Not that of a thread that did not start, of a machine that is busy, or of a pool that is closed. */
function isBodysFault(error: unknown): boolean {
  if (error instanceof WorkerTimeoutError) return error.limit === 'cpu'
  if (error instanceof WorkerCrashedError) return error.stage === 'compile'
  // What the thread threw has lost its class on the way.
  return error instanceof Error && !error.name.startsWith('Worker')
}

function digestOf({ body, locale, siteUrl, articleUrl = '', isLive }: BodyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([locale, siteUrl, articleUrl, ...(isLive ? ['live'] : [])]))
    .update(body)
    .digest('base64url')
}

/** In bytes, at least 1: two for each character, which is what text outside Latin-1 takes. */
function sizeOf({ page, feed }: CompiledBody): number {
  const length = (texts: string[]) => texts.reduce((sum, text) => sum + text.length, 0)
  return 1 + 2 * (length(page.texts) + length(feed?.texts ?? []))
}
