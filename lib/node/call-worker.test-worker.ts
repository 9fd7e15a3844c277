import { setTimeout as wait } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { answerCalls, toMilliseconds } from './answer-calls.ts'

/** What the tests of `call-worker.ts` have a thread do. */
export type TestRequest =
  | { do: 'echo'; value: unknown }
  | {
      do:
        | 'loop'
        | 'backtrack'
        | 'exit'
        | 'throw'
        | 'throw later'
        | 'eat memory'
        | 'data'
        | 'hold'
        | 'pause'
        | 'stages'
        | 'loop in a stage'
        | 'eat memory in a stage'
    }

let answered = 0

answerCalls(async (request: TestRequest, beginStage): Promise<unknown> => {
  answered += 1
  switch (request.do) {
    case 'echo':
      return { value: request.value, answered }
    case 'data':
      return workerData
    case 'loop':
      for (;;);
    case 'backtrack':
      return /^(a+)+$/.test(`${'a'.repeat(60)}!`)
    case 'exit':
      process.exit(3)
      break
    case 'throw':
      throw new RangeError('out of range')
    case 'throw later':
      setImmediate(() => {
        throw new Error('nobody caught this')
      })
      return wait(60_000)
    case 'pause':
      return wait(200, answered)
    case 'hold':
      return wait(60_000)
    case 'stages':
      for (const stage of ['one', 'two', 'three', undefined]) {
        if (stage) beginStage(stage)
        const end = toMilliseconds(process.threadCpuUsage()) + 100
        while (toMilliseconds(process.threadCpuUsage()) < end);
      }
      return 'done'
    case 'loop in a stage':
      beginStage({ name: 'loop' })
      for (;;);
    case 'eat memory in a stage':
      beginStage({ name: 'memory' })
      return eatMemory()
    case 'eat memory':
      return eatMemory()
  }
})

function eatMemory(): never {
  const eaten: string[][] = []
  for (;;) eaten.push(Array.from({ length: 100_000 }, (_, at) => `${at}`))
}
