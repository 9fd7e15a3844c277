import { workerData } from 'node:worker_threads'
import { answerCalls } from './answer-calls.ts'

/** Runs in a thread of a pool that names its function (`WorkerPoolOptions`): answers with that one. */
const { url, answer } = workerData as { url: string; answer: string }
answerCalls((await import(url))[answer])
