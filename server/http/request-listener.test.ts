import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { logTo } from '#lib/node/log.ts'
import { readBody } from './read-body.ts'
import { send, sendSentence } from './send.ts'
import { serveInTest } from './serve-in-test.ts'

/** Echoes what an endpoint sees of a request. */
function open() {
  const answered: string[] = []
  const server = serveInTest(
    [
      {
        name: 'echo',
        methods: ['GET', 'HEAD', 'POST'],
        find: ({ segments }) =>
          segments[0] === 'echo'
            ? (exchange) =>
                send(exchange, {
                  status: 200,
                  body: JSON.stringify([exchange.request.url, exchange.address.segments]),
                })
            : undefined,
      },
      {
        name: 'broken-find',
        find: ({ path }) => {
          if (path === '/broken-find') throw new Error('the index is damaged')
          return undefined
        },
      },
      { name: 'last', find: () => (exchange) => sendSentence(exchange, 200, 'last') },
    ],
    { onAnswered: (route, status) => answered.push(`${route} ${status}`) },
  )
  return { ...server, answered }
}

/** Sends bytes as they are and answers all that comes back until the server closes, or has answered once. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    let answer = ''
    socket.setEncoding('latin1').on('data', (chunk) => {
      answer += chunk
      const [head = '', body = ''] = answer.split('\r\n\r\n', 2)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? -1)
      if (answer.includes('\r\n\r\n') && body.length >= length && length >= 0) socket.end()
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}

const get = (target: string, headers = 'Host: localhost\r\n') =>
  `GET ${target} HTTP/1.1\r\n${headers}\r\n`

it('hands on the one true spelling of an address, and nothing of the raw one', async () => {
  const { port, ask } = open()
  expect(await (await ask('/echo/%D1%94?a=%2e')).json()).toEqual([
    '/echo/%D1%94?a=%2e',
    ['echo', 'є'],
  ])
  const absolute = await sendRaw(port, get('http://other.example/echo?a=1'))
  expect(absolute).toContain('["/echo?a=1",["echo"]]')
  const moved = await sendRaw(port, get('/echo/%d1%94'))
  expect(moved).toMatch(/^HTTP\/1\.1 308 [\s\S]*\r\nlocation: \/echo\/%D1%94\r\n/)
})

it.each([
  ['/_next/../echo', 400],
  ['/x/%2e%2e/echo', 400],
  ['/echo%2fa', 400],
  ['/echo\\a', 400],
  ['/%00', 400],
  ['//echo', 308],
  ['/echo/', 308],
  ['*', 400],
])('answers %s with %i right at the door', async (target, status) => {
  const { port, answered } = open()
  const answer = await sendRaw(port, get(target))
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  await expect.poll(() => answered).toEqual([`${status === 308 ? 'moved' : 'refused'} ${status}`])
})

it.each([
  ['no host', ''],
  ['two hosts', 'Host: a\r\nHost: b\r\n'],
  ['the same host twice', 'Host: a\r\nhost: a\r\n'],
  ['an empty host', 'Host: \r\n'],
  ['a path for a host', 'Host: a/b\r\n'],
  ['a user in the host', 'Host: a@b\r\n'],
  ['two hosts in one', 'Host: a, b c\r\n'],
])('refuses a request with %s', async (_what, headers) => {
  const { port } = open()
  expect(await sendRaw(port, get('/echo', headers))).toMatch(/^HTTP\/1\.1 400 /)
})

it.each(['a', 'a:80', '[::1]:3000', 'xn--e1afmkfd.example'])('takes the host %s', async (host) => {
  const { port } = open()
  expect(await sendRaw(port, get('/echo', `Host: ${host}\r\n`))).toMatch(/^HTTP\/1\.1 200 /)
})

it('says which methods an address has', async () => {
  const { ask, port } = open()
  const options = await ask('/echo', { method: 'OPTIONS' })
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  for (const method of ['DELETE', 'PUT', 'PATCH']) {
    const refused = await ask('/echo', { method })
    expect([refused.status, refused.headers.get('allow')]).toEqual([
      405,
      'GET, HEAD, POST, OPTIONS',
    ])
  }
  const all = await sendRaw(port, 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(all).toMatch(/^HTTP\/1\.1 204 [\s\S]*\r\nallow: GET, HEAD, OPTIONS\r\n/)
  const trace = await sendRaw(port, 'TRACE /echo HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(trace).toMatch(/^HTTP\/1\.1 405 /)
  expect(trace).not.toContain('TRACE /echo')
})

it('answers an upgrade like any request and holds no socket', async () => {
  const { port } = open()
  const answer = await sendRaw(
    port,
    get(
      '/echo/socket',
      'Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n',
    ),
  )
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
})

it.each([
  ['a broken request line', 'GET\r\n\r\n', 400],
  ['no request at all', '\u0016\u0003\u0001\r\n\r\n', 400],
  ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n', 400],
  [
    'headers that are too long',
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
  ],
  ['an expectation', 'GET / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n', 417],
  [
    'two lengths',
    'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    400,
  ],
  [
    'a length and chunks',
    'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
])('refuses %s with the headers of every answer', async (_what, text, status) => {
  const { port } = open()
  const answer = await sendRaw(port, text)
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(answer).toMatch(/\r\nx-content-type-options: nosniff\r\n/)
})

it.each([
  ['chunks that are none', 'Transfer-Encoding: chunked\r\n\r\nxyz\r\nGET /echo HTTP/1.1\r\n'],
  ['an encoding that nobody has', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ['an unfinished request behind it', 'Content-Length: 0\r\n\r\n\0\r\n\r\n'],
])('sends nothing behind its answer to a request with %s', async (_what, rest) => {
  const { port } = open()
  for (const method of ['GET', 'POST']) {
    const answer = await sendRaw(port, `${method} /echo HTTP/1.1\r\nHost: a\r\n${rest}`)
    expect(answer.match(/HTTP\/1\.1 \d+/g)?.slice(1) ?? []).toEqual([])
  }
})

it('closes the connection of a client that takes nothing of its answer', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const large = Buffer.alloc(64 * 1024 * 1024)
  const { port } = serveInTest(
    () => (exchange) => {
      exchange.response.once('close', resolve)
      send(exchange, { status: 200, body: large })
    },
    { stallMilliseconds: 200 },
  )
  const socket = connect(port, '127.0.0.1', () => socket.write(get('/'))).pause()
  onTestFinished(() => void socket.destroy())
  await promise
})

it('logs nothing of a client that goes away in the middle of its request', async () => {
  const lines: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const { port } = serveInTest(
    () => async (exchange) => {
      socket.destroy()
      await readBody(exchange.request, 100)
    },
    { log: logTo(lines), onAnswered: () => resolve() },
  )
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'
  const socket = connect(port, '127.0.0.1', () => socket.write(head))
  await promise
  expect(lines).toEqual([])
})

it('refuses a tunnel', async () => {
  const { port } = open()
  const answer = await sendRaw(port, 'CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 405 [\s\S]*nosniff/)
})

it('answers for a question that fails before an endpoint is found', async () => {
  const { ask, answered } = open()
  const response = await ask('/broken-find')
  expect(response.status).toBe(500)
  await expect.poll(() => answered).toEqual(['broken-find 500'])
})

it('sends every answer with the same headers', async () => {
  const { ask } = open()
  for (const path of ['/echo', '/nothing', '/broken-find', '/x//y', '/%ff']) {
    expect(Object.fromEntries((await ask(path)).headers), path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  }
})

it('has an answer below 500 for whatever a request line holds', async () => {
  const { port } = open()
  const parts = [
    '/',
    '//',
    '/..',
    '/%2e%2e',
    '%',
    '%00',
    '%0a',
    '\\',
    '?',
    '#',
    '*',
    'http://',
    'a',
    ' ',
    '\t',
    '\u00ff',
    ';',
    '[',
    '{',
    '"',
    '\r',
    '/echo',
  ]
  const methods = ['GET', 'HEAD', 'POST', 'TRACE', 'get', 'CONNECT', 'OPTIONS', 'PRI', '']
  for (let number = 1; number <= 300; number += 1) {
    let rest = (number * 2654435761) % 2 ** 32
    let target = number % 3 === 0 ? '' : '/'
    for (let length = 0; length < 6; length += 1) {
      target += parts[rest % parts.length]
      rest = Math.floor(rest / parts.length) + number * 7919
    }
    const method = methods[number % methods.length]
    const answer = await sendRaw(
      port,
      `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    )
    expect(answer, JSON.stringify(target)).toMatch(/^HTTP\/1\.1 [234]\d\d /)
    expect(answer, JSON.stringify(target)).toMatch(/x-content-type-options: nosniff/)
  }
})
