import { expect, it } from 'vitest'
import { BusyError, createTaskQueue, type Turn } from './task-queue.ts'

function open() {
  const queue = createTaskQueue(
    { page: { mostRunning: 2, mostWaiting: 10 }, search: { mostRunning: 1, mostWaiting: 2 } },
    { mostRunning: 2 },
  )
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const run = (lane: 'page' | 'search', name: string) =>
    queue.run(lane, () => {
      started.push(name)
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
    })
  const end = async (name: string, result: Promise<unknown>) => {
    ends.get(name)?.()
    await result
  }
  return { queue, started, run, end }
}

it('runs a few at a time, the earlier lane first', async () => {
  const { started, run, end } = open()
  const search = run('search', 's1')
  const page = run('page', 'p1')
  const further = [run('search', 's2'), run('page', 'p2')]
  expect(started).toEqual(['s1', 'p1'])
  await end('s1', search)
  expect(started).toEqual(['s1', 'p1', 'p2'])
  await end('p1', page)
  expect(started).toEqual(['s1', 'p1', 'p2', 's2'])
  await end('p2', further[1] as Promise<unknown>)
  await end('s2', further[0] as Promise<unknown>)
})

it('sends away what finds no place to wait, and nobody of another lane', async () => {
  const { started, run, end, queue } = open()
  const first = run('search', 's1')
  const waiting = [run('search', 's2'), run('search', 's3')]
  await expect(run('search', 's4')).rejects.toThrow(BusyError)
  const page = run('page', 'p1')
  expect(started).toEqual(['s1', 'p1'])
  expect(queue.waiting()).toBe(2)
  await end('p1', page)
  await end('s1', first)
  await end('s2', waiting[0] as Promise<unknown>)
  await end('s3', waiting[1] as Promise<unknown>)
  expect(queue.waiting()).toBe(0)
})

it('gives the place of work that waits for something else to the next, and bounds such work', async () => {
  const { queue, run, started, end } = open()
  const turns: Turn[] = []
  const ends: (() => void)[] = []
  const pausing = () =>
    queue.run('search', (turn) => {
      turns.push(turn)
      return new Promise<void>((resolve) => ends.push(resolve))
    })
  const first = pausing()
  turns[0]?.pause()
  const second = pausing()
  turns[1]?.pause()
  // Two places to wait, both taken by work that is paused.
  const third = run('search', 's3')
  expect(started).toEqual(['s3'])
  await expect(run('search', 's4')).rejects.toThrow(BusyError)
  turns[0]?.resume()
  turns[0]?.resume()
  for (const done of ends) done()
  await Promise.all([first, second])
  await end('s3', third)
  const next = run('search', 's5')
  expect(started).toEqual(['s3', 's5'])
  await end('s5', next)
})

it('gives the place of work that fails to the next', async () => {
  const { queue, run, started, end } = open()
  await expect(queue.run('search', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  const next = run('search', 's1')
  expect(started).toEqual(['s1'])
  await end('s1', next)
})
