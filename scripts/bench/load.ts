import { spawnSync } from 'node:child_process'
import { Agent, get } from 'node:http'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

const connections = 32
const encoding = 'gzip'

/** Requests per second that a server answers with 32 connections kept open. */
export async function measureRequestRate(url: string, seconds: number): Promise<number> {
  return measureWithWrk(url, seconds) ?? (await measureWithWorker(url, seconds))
}

/** `undefined` where wrk is not installed. */
function measureWithWrk(url: string, seconds: number): number | undefined {
  const header = `Accept-Encoding: ${encoding}`
  const parameters = ['-t1', `-c${connections}`, `-d${seconds}s`, '-H', header, url]
  const { stdout, status } = spawnSync('wrk', parameters, { encoding: 'utf8' })
  if (status !== 0) return undefined
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk met errors at ${url}:\n${stdout}`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
}

/** Slower than wrk, for it shares the machine's cores: only figures of one kind compare. */
function measureWithWorker(url: string, seconds: number): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { url, seconds } })
  return new Promise((answer, reject) => {
    worker.once('message', answer)
    worker.once('error', reject)
  })
}

async function requestInLoop(): Promise<void> {
  const { url, seconds } = workerData
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const endsAt = performance.now() + seconds * 1000
  let answered = 0
  const requestOnce = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers: { 'accept-encoding': encoding } }, (response) => {
        response.resume().once('end', resolve)
      }).once('error', reject)
    })
  const loop = async () => {
    while (performance.now() < endsAt) {
      await requestOnce()
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, loop))
  agent.destroy()
  parentPort?.postMessage(answered / seconds)
}

if (!isMainThread) await requestInLoop()
