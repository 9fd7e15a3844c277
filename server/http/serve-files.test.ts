import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { sendSentence } from './send.ts'
import { serveFiles } from './serve-files.ts'

const script = 'export const answer = 42\n'.repeat(100)

/** A folder `files` with a text, a script with a copy, a drawing, and a secret beside the folder. */
async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-files-'))
  const root = join(folder, 'files')
  mkdirSync(join(root, 'sub'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(root, 'a.txt'), '0123456789')
  writeFileSync(join(root, 'ї 1.txt'), 'named')
  writeFileSync(join(root, '.hidden'), 'secret')
  writeFileSync(join(root, 'sub', 'a.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(root, 'a.js'), script)
  writeFileSync(join(root, 'a.js.br'), brotliCompressSync(script))
  const find = serveFiles({
    root,
    cacheControl: 'public, max-age=60',
    sendMissing: (exchange) => sendSentence(exchange, 404, 'missing'),
  })
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    const segments = path.split('/').map(decodeURIComponent)
    void find(segments)({ request, response, address: { path, segments, search: '' } })
  }).listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  onTestFinished(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}/${path}`, { headers, method })
  return { get, root }
}

it('sends a file with its type, its validators and the headers of every answer', async () => {
  const { get } = await open()
  const response = await get('a.txt')
  expect(await response.text()).toBe('0123456789')
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'public, max-age=60',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    'content-security-policy': expect.stringContaining('sandbox'),
    'accept-ranges': 'bytes',
    etag: expect.stringMatching(/^W\/"/),
    'last-modified': expect.stringMatching(/GMT$/),
  })
  expect(await (await get(encodeURIComponent('ї 1.txt'))).text()).toBe('named')
  const head = await get('a.txt', {}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
    200,
    '10',
    '',
  ])
})

it.each([
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=8-100', 206, '89', 'bytes 8-9/10'],
  ['bytes=100-', 416, 'The file does not have this range.\n', 'bytes */10'],
  ['bytes=4-2', 416, 'The file does not have this range.\n', 'bytes */10'],
  ['bytes=a-b', 200, '0123456789', null],
  ['lines=1-2', 200, '0123456789', null],
  ['bytes=0-1,4-5', 200, '0123456789', null],
])('answers the range %s with %i', async (range, status, body, contentRange) => {
  const { get } = await open()
  const response = await get('a.txt', { range })
  expect([response.status, await response.text()]).toEqual([status, body])
  expect(response.headers.get('content-range')).toBe(contentRange)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

it('holds conditions against the file', async () => {
  const { get } = await open()
  const { headers } = await get('a.txt')
  const [etag, date] = [headers.get('etag') ?? '', headers.get('last-modified') ?? '']
  const statusOf = async (asked: Record<string, string>) => (await get('a.txt', asked)).status
  expect(await statusOf({ 'if-none-match': etag })).toBe(304)
  expect(await statusOf({ 'if-modified-since': date })).toBe(304)
  expect(await statusOf({ 'if-modified-since': '2099' })).toBe(200)
  expect(await statusOf({ 'if-match': '"another"' })).toBe(412)
  expect(await statusOf({ 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' })).toBe(412)
  expect(await statusOf({ 'if-unmodified-since': 'never' })).toBe(200)
  expect(await statusOf({ 'if-range': '"another"', range: 'bytes=0-1' })).toBe(200)
})

it('sends the compressed copy to who takes it, under the type of the file', async () => {
  const { get } = await open()
  const packed = await get('a.js', { 'accept-encoding': 'br' })
  expect(packed.headers.get('content-encoding')).toBe('br')
  expect(packed.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(await packed.text()).toBe(script)
  const plain = await get('a.js', { 'accept-encoding': 'gzip' })
  expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([
    null,
    'Accept-Encoding',
  ])
  expect(plain.headers.get('etag')).not.toBe(packed.headers.get('etag'))
})

it.each([
  'gone.txt',
  'sub',
  'sub/',
  '.hidden',
  '..%2fsecret.txt',
  'sub/..%2f..%2fsecret.txt',
  'a.txt%00.js',
  'a.txt/x',
])('finds nothing at %s', async (path) => {
  const { get } = await open()
  const response = await get(path)
  expect([response.status, await response.text()]).toEqual([404, 'missing\n'])
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('etag')).toBeNull()
})

it('follows a link inside the folder as the file system does', async () => {
  const { get, root } = await open()
  symlinkSync(join(root, 'a.txt'), join(root, 'b.txt'))
  expect(await (await get('b.txt')).text()).toBe('0123456789')
})
