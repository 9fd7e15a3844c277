import { expect, it } from 'vitest'
import { batchResults } from './batch-results.ts'

async function collect<Value>(batches: AsyncGenerator<Value[]>): Promise<Value[][]> {
  const all: Value[][] = []
  for await (const batch of batches) all.push(batch)
  return all
}

it('gives everything at once when nothing is late', async () => {
  const promises = [1, 2, 3].map((value) => Promise.resolve(value))
  expect(await collect(batchResults(promises, 60_000))).toEqual([[1, 2, 3]])
  expect(await collect(batchResults([], 60_000))).toEqual([])
})

it('does not wait for what is late once something is there', async () => {
  const late = Promise.withResolvers<string>()
  const batches = batchResults([late.promise, Promise.resolve('early')], 1)
  expect((await batches.next()).value).toEqual(['early'])
  late.resolve('late')
  expect((await batches.next()).value).toEqual(['late'])
  expect((await batches.next()).done).toBe(true)
})

it('keeps what arrives while a batch is worked on', async () => {
  const others = [Promise.withResolvers<number>(), Promise.withResolvers<number>()]
  const batches = batchResults([Promise.resolve(0), ...others.map(({ promise }) => promise)], 1)
  await batches.next()
  for (const [at, { resolve }] of others.entries()) resolve(at + 1)
  await Promise.all(others.map(({ promise }) => promise))
  expect((await batches.next()).value).toEqual([1, 2])
  expect((await batches.next()).done).toBe(true)
})

it('throws what one of them throws', async () => {
  const batches = batchResults([Promise.reject(new Error('broken')), Promise.resolve(1)], 60_000)
  await expect(collect(batches)).rejects.toThrow('broken')
})
