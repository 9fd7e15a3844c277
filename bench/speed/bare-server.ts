import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/** The baseline: a Node server that sends the same bytes and headers for every request. */
const body = readFileSync(process.env.BENCH_BODY ?? '')
const headers: Record<string, string> = JSON.parse(process.env.BENCH_HEADERS ?? '{}')

createServer((_, response) => {
  response.writeHead(200, headers)
  response.end(body)
}).listen(Number(process.env.BENCH_PORT))

process.once('SIGTERM', () => process.exit(0))
