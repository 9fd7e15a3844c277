import { execFile, spawnSync } from 'node:child_process'
import { Agent, get } from 'node:http'
import { promisify } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

const connections = 32
const encoding = 'gzip'

/** Requests per second that a server answers with 32 connections kept open. */
export async function measureRequestRate(
  url: string,
  seconds: number,
  headers: Record<string, string> = {},
): Promise<number> {
  const load = { url, seconds, headers: { ...headers, 'accept-encoding': encoding } }
  return measureWithWrk(load) ?? (await measureWithWorker(load))
}

type Load = { url: string; seconds: number; headers: Record<string, string> }

/** `undefined` where wrk is not installed. */
function measureWithWrk({ url, seconds, headers }: Load): number | undefined {
  const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const parameters = ['-t2', `-c${connections}`, `-d${seconds}s`, ...sent, url]
  const { stdout, status } = spawnSync('wrk', parameters, { encoding: 'utf8' })
  if (status !== 0) return undefined
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk met errors at ${url}:\n${stdout}`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
}

/**
 * The time that 99 of 100 answers do not exceed, in ms, with 32 connections that ask without a pause.
 * `undefined` where wrk is not installed.
 */
export async function measureLatency(url: string, seconds: number): Promise<number | undefined> {
  const parameters = ['-t2', `-c${connections}`, `-d${seconds}s`, '--latency']
  const run = promisify(execFile)('wrk', [...parameters, '-H', `Accept-Encoding: ${encoding}`, url])
  const said = await run.catch(() => undefined)
  if (!said) return undefined
  if (/Non-2xx|Socket errors/.test(said.stdout)) {
    throw new Error(`wrk met errors at ${url}:\n${said.stdout}`)
  }
  const [, value, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(said.stdout) ?? []
  return Number(value) * (unit === 'us' ? 0.001 : unit === 's' ? 1000 : 1)
}

/** Slower than wrk, because it shares the cores with the server. Do not compare its figures with wrk's. */
function measureWithWorker(load: Load): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: load })
  return new Promise((answer, reject) => {
    worker.once('message', answer)
    worker.once('error', reject)
  })
}

async function requestInLoop(): Promise<void> {
  const { url, seconds, headers }: Load = workerData
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const endsAt = performance.now() + seconds * 1000
  let answered = 0
  const requestOnce = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers }, (response) => {
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
