import { once } from 'node:events'
import { connect } from 'node:net'
import type { SeededRandom } from '#lib/covers/art/seeded-random.ts'

/** How many connections send at once. */
const connections = 8

/** Pieces of addresses: real ones, and what has fooled servers. */
const pieces = [
  '/',
  '//',
  '/latest',
  '/uk',
  '/en',
  '/article/',
  '/tag/',
  '/category/markets',
  '/rss.xml',
  '/search?q=',
  '/_next/',
  '/_next/static/',
  '/_next/image?url=',
  '/_next/data/',
  '/api/',
  '/health',
  '/prints/1/any/',
  '/sitemaps/',
  '/preview/en/',
  '/media/',
  '/..',
  '/.',
  '/%2e%2e',
  '/.%2E',
  '/..;',
  '%2f',
  '%5c',
  '%00',
  '%0d%0a',
  '%ff',
  '%C0%AE',
  '%',
  '%u002e',
  '%25',
  '%252e%252e',
  '\\',
  '?',
  '&',
  '=',
  '#',
  ';',
  '*',
  ':',
  'http://',
  'https://evil.example',
  '@',
  '[',
  ']',
  '{',
  '|',
  '"',
  '<',
  '>',
  "'",
  '^',
  '`',
  '~',
  'a',
  'Z',
  '9',
  '%D1%94',
  'e%CC%81',
  '\u00ff',
  ' ',
  '\t',
  '.md',
  '.json',
  '.svg',
  'page/2',
  'rss.xml?tag=',
  'x'.repeat(300),
]

const methods = [
  'GET',
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'OPTIONS',
  'TRACE',
  'PUT',
  'get',
  'PRI',
  '',
]

/** Headers that mean something to frameworks and proxies. */
const headers = [
  'RSC: 1',
  'Next-Router-Prefetch: 1',
  'Next-Router-State-Tree: %5B%5D',
  'Next-Action: x',
  'Next-Url: /',
  'x-middleware-subrequest: middleware',
  'x-middleware-rewrite: /uk',
  'x-invoke-path: /uk',
  'x-invoke-status: 404',
  'x-matched-path: /uk/latest',
  'x-now-route-matches: 1',
  'x-nextjs-data: 1',
  'Purpose: prefetch',
  'Cookie: __prerender_bypass=x; __next_preview_data=y',
  'Range: bytes=0-1',
  'Range: bytes=9999999-',
  'If-Match: "x"',
  'If-None-Match: *',
  'If-Modified-Since: 2099',
  'Accept-Encoding: br;q=oops',
  'Expect: 100-continue',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'X-Forwarded-Host: evil.example',
  'X-Forwarded-For: 127.0.0.1',
  'X-Original-URL: /health',
  'X-Rewrite-URL: /uk',
  'X-HTTP-Method-Override: DELETE',
  'Content-Length: 0',
]

type Answer = { status: number; head: string }

/**
 * Sends request lines put together by chance and holds every answer against what is always so: below
 * 500, with our headers, kept by nobody unless it is the one true address. Answers what was not so.
 */
export async function fuzzRequests(
  port: number,
  { count, random }: { count: number; random: SeededRandom },
): Promise<string[]> {
  const findings: string[] = []
  const seen = new Map<number, number>()
  let left = count

  async function work(): Promise<void> {
    while (left > 0 && findings.length < 20) {
      left -= 1
      const request = compose(random)
      const answer = await send(port, request.text)
      if (!answer) {
        if (request.method !== '') findings.push(`no answer: ${JSON.stringify(request.text)}`)
        continue
      }
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1)
      const wrong = judge(request.target, answer)
      if (wrong) findings.push(`${wrong}: ${JSON.stringify(request.text)}`)
    }
  }

  await Promise.all(Array.from({ length: connections }, work))
  const counts = [...seen]
    .sort(([a], [b]) => a - b)
    .map(([status, number]) => `${status} ×${number}`)
  console.log(`  ${count} request lines: ${counts.join(', ')}`)
  return findings
}

function compose(random: SeededRandom): { method: string; target: string; text: string } {
  const pick = (from: readonly string[]) => from[random.integer(0, from.length - 1)] ?? ''
  const length = random.integer(1, 5)
  const target = Array.from({ length }, () => pick(pieces)).join('')
  const method = pick(methods)
  const sent = Array.from({ length: random.integer(0, 3) }, () => `${pick(headers)}\r\n`)
  const host =
    random.fraction() < 0.97
      ? 'Host: localhost\r\n'
      : pick(['', 'Host: a\r\nHost: b\r\n', 'Host: a b\r\n'])
  const text = `${method} ${target} HTTP/1.1\r\n${host}${sent.join('')}Connection: close\r\n\r\n`
  return { method, target, text }
}

function judge(target: string, { status, head }: Answer): string | undefined {
  if (status >= 500 && status !== 503) return `answered ${status}`
  if (!/\r\nx-content-type-options: nosniff\r\n/i.test(head)) return 'our headers are missing'
  const cacheControl = /\r\ncache-control: ([^\r]*)/i.exec(head)?.[1] ?? ''
  const isKept = status === 200 && /s-maxage|max-age=[1-9]/.test(cacheControl)
  const isTrueAddress = !/\/\/|\/\.|%2e|%2f|%5c|\\|%00|#/i.test(
    target.trim().replace(/^https?:\/\/[^/?#]*|\?.*/g, ''),
  )
  return isKept && !isTrueAddress ? 'a wrong spelling may be kept' : undefined
}

/** Undefined when the server closes without an answer. */
async function send(port: number, text: string): Promise<Answer | undefined> {
  const socket = connect(port, 'localhost')
  socket.setEncoding('latin1').setTimeout(20_000, () => socket.destroy())
  let answer = ''
  socket.on('data', (chunk: string) => {
    if (answer.length < 16_384) answer += chunk
  })
  socket.on('error', () => socket.destroy())
  socket.write(text, 'latin1')
  await once(socket, 'close')
  const final = answer.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(final)?.[1])
  return status ? { status, head: final.split('\r\n\r\n', 1)[0] ?? '' } : undefined
}
