import { statfs } from 'node:fs/promises'
import { toIngestHealth } from '#lib/ingest-report/ingest-health.ts'
import { readIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { type Endpoint, sendJson, sendSentence } from '../http/send.ts'

/** How one part of the site is. `reason` says in a sentence what is wrong, or what is waited for. */
export type PartHealth = {
  state: string
  reason?: string
  /** What an operator may want to read; numbers and short texts. */
  [fact: string]: unknown
}

/** Every part by its name, as it is now. A part with a reason makes the whole degraded. */
export type ReadHealth = () => Promise<Record<string, PartHealth>>

/** `/livez`: the event loop turns. A server that does not answer is to be ended and started again. */
export const sendLiveness: Endpoint = (exchange) =>
  sendSentence(exchange, 200, 'The server answers.')

/**
 * `/readyz`: 200 when readers may be sent here, else 503 with the reasons: while the first index is
 * made, while pages cannot be rendered, and while the server stops.
 */
export const createReadinessEndpoint =
  (listReasons: () => string[]): Endpoint =>
  (exchange) => {
    const reasons = listReasons()
    if (reasons.length === 0) return sendSentence(exchange, 200, 'The server is ready.')
    sendSentence(exchange, 503, reasons.join('\n'), { 'retry-after': '1' })
  }

/** `/health`: `ok`, or `degraded` with the reasons, and the state of every part. Always 200. */
export const createHealthEndpoint =
  (readHealth: ReadHealth): Endpoint =>
  async (exchange) => {
    const parts = await readHealth()
    const reasons = Object.entries(parts).flatMap(([name, { reason }]) =>
      reason === undefined ? [] : [`${name}: ${reason}`],
    )
    sendJson(exchange, { status: reasons.length > 0 ? 'degraded' : 'ok', reasons, ...parts })
  }

/** Less room than this on the disk of the data folder is a reason to look, in bytes. */
const leastFreeBytes = 256 * 1024 * 1024

export async function readDiskHealth(folder: string): Promise<PartHealth> {
  try {
    const { bavail, bsize } = await statfs(folder)
    const freeBytes = bavail * bsize
    if (freeBytes >= leastFreeBytes) return { state: 'ok', freeBytes }
    const megabytes = Math.round(freeBytes / 1024 / 1024)
    return { state: 'full', freeBytes, reason: `${megabytes} MB are left for the data folder` }
  } catch (error) {
    return { state: 'unknown', reason: `the data folder cannot be read (${error})` }
  }
}

/** How ingest is by its last report in the data folder. */
export function readIngestHealth(dataDir: string) {
  const health = toIngestHealth(readIngestReport(dataDir), new Date())
  return { ...health, ...(health.reasons.length > 0 && { reason: health.reasons.join(' ') }) }
}
