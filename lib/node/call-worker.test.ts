import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { TestRequest } from './call-worker.test-worker.ts'
import {
  createWorkerPool,
  WorkerBusyError,
  WorkerClosedError,
  WorkerCrashedError,
  type WorkerPoolOptions,
  WorkerTimeoutError,
} from './call-worker.ts'

const url = new URL('./call-worker.test-worker.ts', import.meta.url)

function openPool(options: Partial<WorkerPoolOptions> = {}) {
  const pool = createWorkerPool<TestRequest, unknown>({
    url,
    size: 1,
    timeLimitMs: 30_000,
    maxWaiting: 100,
    ...options,
  })
  onTestFinished(() => pool.close())
  return pool
}

const echo = (value: unknown): TestRequest => ({ do: 'echo', value })

describe('a worker pool', () => {
  it('answers calls in their order, all with one thread', async () => {
    const pool = openPool()
    const answers = await Promise.all([1, 2, 3].map((value) => pool.call(echo(value))))
    expect(answers).toEqual([1, 2, 3].map((value) => ({ value, answered: value })))
  })

  it('gives threads their data', async () => {
    expect(await openPool({ workerData: { folder: 'a' } }).call({ do: 'data' })).toEqual({
      folder: 'a',
    })
  })

  it.each(['loop', 'backtrack', 'hold'] as const)(
    'terminates a thread that exceeds the limit (%s) and answers what waits',
    async (what) => {
      const pool = openPool({ timeLimitMs: 200 })
      const slow = pool.call({ do: what })
      const next = pool.call(echo('next'))
      await expect(slow).rejects.toThrow(WorkerTimeoutError)
      // `answered` is 1: another thread.
      expect(await next).toEqual({ value: 'next', answered: 1 })
    },
  )

  it.each(['loop', 'backtrack'] as const)(
    'terminates a thread that exceeds its CPU time (%s), long before the limit of the clock',
    async (what) => {
      const pool = openPool({ cpuLimitMs: 200 })
      await expect(pool.call({ do: what })).rejects.toMatchObject({
        name: 'WorkerTimeoutError',
        limit: 'cpu',
        message: 'The call used more than 200 ms of CPU time.',
      })
      expect(await pool.call(echo('next'))).toEqual({ value: 'next', answered: 1 })
    },
  )

  it('does not count the time of the clock as CPU time, nor that of the call before', async () => {
    // `pause` takes 200 ms of the clock, the stages some 400 ms of CPU time together.
    const pool = openPool({ cpuLimitMs: 150 })
    expect(await pool.call({ do: 'pause' })).toBe(1)
    expect(await pool.call({ do: 'pause' })).toBe(2)
    expect(await openPool({ cpuLimitMs: 600 }).call({ do: 'stages' })).toBe('done')
    const twice = openPool({ cpuLimitMs: 700 })
    await twice.call({ do: 'stages' })
    expect(await twice.call({ do: 'stages' })).toBe('done')
  })

  it('counts each stage of a call by itself, and names the one that failed', async () => {
    expect(await openPool({ cpuLimitMs: 250 }).call({ do: 'stages' })).toBe('done')
    const pool = openPool({
      cpuLimitMs: 250,
      resourceLimits: { maxOldGenerationSizeMb: 32 },
    })
    await expect(pool.call({ do: 'loop in a stage' })).rejects.toMatchObject({
      name: 'WorkerTimeoutError',
      stage: { name: 'loop' },
    })
    await expect(openPool({ timeLimitMs: 300 }).call({ do: 'loop' })).rejects.toMatchObject({
      limit: 'clock',
      stage: undefined,
    })
  })

  it('names the stage in which a thread ran out of memory', async () => {
    const pool = openPool({ resourceLimits: { maxOldGenerationSizeMb: 32 } })
    await expect(pool.call({ do: 'eat memory in a stage' })).rejects.toMatchObject({
      name: 'WorkerCrashedError',
      stage: { name: 'memory' },
    })
  })

  it('does not count waiting, nor the start of a thread, as time of a call', async () => {
    const pool = openPool({ timeLimitMs: 400 })
    const slow = [1, 2, 3].map(() => pool.call({ do: 'loop' }).catch((error) => error.name))
    const last = pool.call(echo('last'))
    expect(await Promise.all(slow)).toEqual(Array(3).fill('WorkerTimeoutError'))
    expect(await last).toMatchObject({ value: 'last' })
  })

  it('takes an answer that has come while this thread was busy', async () => {
    const pool = openPool({ timeLimitMs: 300 })
    await pool.call(echo('warm'))
    const answer = pool.call(echo('late'))
    const end = performance.now() + 600
    while (performance.now() < end);
    expect(await answer).toMatchObject({ value: 'late' })
  })

  it('works with several threads at a time', async () => {
    const pool = openPool({ size: 2 })
    const stop = new AbortController()
    const held = pool.call({ do: 'hold' }, { signal: stop.signal })
    expect(await pool.call(echo('beside'))).toMatchObject({ value: 'beside' })
    stop.abort(new Error('enough'))
    await expect(held).rejects.toThrow('enough')
  })

  it('refuses a call when too many wait', async () => {
    const pool = openPool({ timeLimitMs: 500, maxWaiting: 1 })
    const held = pool.call({ do: 'hold' })
    const waits = pool.call(echo('waits'))
    await expect(pool.call(echo('too many'))).rejects.toThrow(WorkerBusyError)
    await expect(held).rejects.toThrow(WorkerTimeoutError)
    expect(await waits).toMatchObject({ value: 'waits' })
    expect(await pool.call(echo('again'))).toMatchObject({ value: 'again' })
  })

  it('refuses a call that has waited too long, and only that', async () => {
    const pool = openPool({ timeLimitMs: 500, maxWaitMs: 20 })
    const held = pool.call({ do: 'hold' })
    await expect(pool.call(echo('late'))).rejects.toThrow(WorkerBusyError)
    await expect(held).rejects.toThrow(WorkerTimeoutError)
  })

  it.each(['exit', 'throw later', 'eat memory'] as const)(
    'rejects the call of a thread that crashes (%s) and starts another',
    async (what) => {
      const pool = openPool({ resourceLimits: { maxOldGenerationSizeMb: 32 } })
      await expect(pool.call({ do: what })).rejects.toThrow(WorkerCrashedError)
      expect(await pool.call(echo('next'))).toEqual({ value: 'next', answered: 1 })
    },
  )

  it('rejects with the name and message of what the thread threw, and keeps the thread', async () => {
    const pool = openPool()
    await expect(pool.call({ do: 'throw' })).rejects.toMatchObject({
      name: 'RangeError',
      message: 'out of range',
    })
    expect(await pool.call(echo('next'))).toMatchObject({ answered: 2 })
  })

  it('rejects a request that cannot be cloned, and keeps the thread', async () => {
    const pool = openPool()
    await pool.call(echo('warm'))
    await expect(pool.call(echo(() => {}))).rejects.toMatchObject({ name: 'DataCloneError' })
    expect(await pool.call(echo('next'))).toMatchObject({ answered: 2 })
  })

  it('rejects when the module cannot be loaded, or does not call answerCalls in time', async () => {
    const missing = openPool({ url: new URL('./not-there.ts', import.meta.url) })
    await expect(missing.call(echo(1))).rejects.toThrow(WorkerCrashedError)
    const silent = openPool({
      url: new URL('data:text/javascript,setInterval(() => {}, 1000)'),
      startLimitMs: 50,
    })
    await expect(silent.call(echo(1))).rejects.toThrow(/did not start/)
  })

  it('does not begin a call whose signal is aborted, and forgets one that waits', async () => {
    const pool = openPool({ timeLimitMs: 500 })
    const reason = new Error('not wanted any more')
    await expect(pool.call(echo(1), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const held = pool.call({ do: 'hold' })
    const stop = new AbortController()
    const waits = pool.call(echo(2), { signal: stop.signal })
    stop.abort(reason)
    await expect(waits).rejects.toBe(reason)
    await expect(held).rejects.toThrow(WorkerTimeoutError)
    expect(await pool.call(echo(3))).toEqual({ value: 3, answered: 1 })
  })

  it('ends a thread that has been idle for long, and none that works', async () => {
    const pool = openPool({ idleMs: 50 })
    await pool.call(echo(1))
    expect(await pool.call({ do: 'pause' })).toBe(2)
    await expect
      .poll(async () => (await pool.call(echo(1))) as object, { interval: 300, timeout: 30_000 })
      .toMatchObject({ answered: 1 })
  })

  it('rejects everything when it is closed', async () => {
    const pool = openPool()
    const calls = [pool.call({ do: 'hold' }), pool.call(echo(1))]
    const outcomes = Promise.allSettled(calls)
    await pool.close()
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ reason: expect.any(WorkerClosedError) })
    }
    await expect(pool.call(echo(2))).rejects.toThrow(WorkerClosedError)
  })

  it('keeps a process running for its calls and not longer', async () => {
    const script = `
      import { createWorkerPool } from ${JSON.stringify(new URL('./call-worker.ts', import.meta.url).href)}
      const pool = createWorkerPool({ url: new URL(${JSON.stringify(url.href)}), size: 2, timeLimitMs: 30_000, maxWaiting: 9 })
      pool.call({ do: 'echo', value: 'done' }).then(({ value }) => console.log(value))
    `
    const folder = await mkdtemp(join(tmpdir(), 'dateline-worker-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'calls.mjs'), script)
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, [join(folder, 'calls.mjs')], { timeout: 30_000 })
    expect(stdout).toBe('done\n')
  })
})
