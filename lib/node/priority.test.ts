import { spawnSync } from 'node:child_process'
import { getPriority } from 'node:os'
import { expect, it } from 'vitest'
import { createWorkerPool } from './call-worker.ts'

const isLinux = process.platform === 'linux'

it.skipIf(!isLinux)('lets others go before a thread of a pool, and no other thread', async () => {
  const url = new URL('./priority.test-worker.ts', import.meta.url)
  const options = { url, answer: 'readNiceness', size: 1, timeLimitMs: 10_000, maxWaiting: 1 }
  const pool = createWorkerPool<null, number[]>({ ...options, niceness: 15 })
  try {
    expect(await pool.call(null)).toEqual([15, getPriority()])
  } finally {
    await pool.close()
  }
})

it.skipIf(!isLinux)('lets others go before every thread of a process', () => {
  const script = `
    import { readdirSync } from 'node:fs'
    import { getPriority } from 'node:os'
    import { lowerPriority } from '${new URL('./priority.ts', import.meta.url)}'
    lowerPriority(7)
    console.log(Math.min(...readdirSync('/proc/self/task').map((id) => getPriority(Number(id)))))`
  const parameters = ['--input-type=module', '--eval', script]
  expect(spawnSync(process.execPath, parameters, { encoding: 'utf8' }).stdout.trim()).toBe('7')
})
