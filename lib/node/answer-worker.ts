import { workerData } from 'node:worker_threads'
import { answerCalls } from './answer-calls.ts'
import { lowerThreadPriority } from './priority.ts'

/** Runs in a thread of a pool that names its function (`WorkerPoolOptions`): answers with that one. */
const { url, answer, niceness } = workerData as { url: string; answer: string; niceness?: number }
if (niceness !== undefined) lowerThreadPriority(niceness)
answerCalls((await import(url))[answer])
