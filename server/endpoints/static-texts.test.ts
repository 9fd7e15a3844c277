import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findStaticTexts } from './static-texts.ts'

const css = '.masthead { color: black }\n'.repeat(40)

async function open() {
  const buildDir = mkdtempSync(join(tmpdir(), 'dateline-static-'))
  mkdirSync(join(buildDir, 'static/chunks'), { recursive: true })
  writeFileSync(join(buildDir, 'static/chunks/0af.css'), css)
  writeFileSync(join(buildDir, 'static/chunks/0af.woff2'), 'font')
  writeFileSync(join(buildDir, 'BUILD_ID'), 'one')
  const find = await findStaticTexts(buildDir)
  const server = createServer((request, response) => find(request.url ?? '')?.(request, response))
  await new Promise<void>((done) => server.listen(0, done))
  onTestFinished(() => {
    server.close()
    rmSync(buildDir, { recursive: true, force: true })
  })
  const url = `http://localhost:${(server.address() as AddressInfo).port}/_next/static/chunks/0af.css`
  // What fetch unpacks by itself is asked for by hand.
  const ask = async (headers: Record<string, string>, method = 'GET') => {
    return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
      (done, fail) => {
        request(url, { headers, method }, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk) => chunks.push(chunk))
          response.on('end', () =>
            done({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          )
        })
          .on('error', fail)
          .end()
      },
    )
  }
  return { buildDir, find, ask }
}

describe('findStaticTexts', () => {
  it('sends a style sheet in the best encoding, for good', async () => {
    const { ask } = await open()
    const brotli = await ask({ 'accept-encoding': 'gzip, br' })
    expect(brotliDecompressSync(brotli.body).toString()).toBe(css)
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(brotli.body.length),
      vary: 'Accept-Encoding',
    })
    expect(gunzipSync((await ask({ 'accept-encoding': 'gzip' })).body).toString()).toBe(css)
    expect((await ask({})).body.toString()).toBe(css)
  })

  it('confirms what a browser has, answers HEAD without a body and refuses the rest', async () => {
    const { ask } = await open()
    const { headers } = await ask({})
    expect((await ask({ 'if-none-match': String(headers.etag) })).status).toBe(304)
    const head = await ask({}, 'HEAD')
    expect([head.status, head.body.length]).toEqual([200, 0])
    expect((await ask({}, 'POST')).status).toBe(405)
  })

  it('reads a file once', async () => {
    const { ask, buildDir } = await open()
    await ask({ 'accept-encoding': 'br' })
    rmSync(join(buildDir, 'static'), { recursive: true })
    expect((await ask({ 'accept-encoding': 'br' })).status).toBe(200)
  })

  it('knows only the texts of the build', async () => {
    const { find } = await open()
    for (const path of [
      '/_next/static/chunks/0af.woff2',
      '/_next/BUILD_ID',
      '/_next/static/../BUILD_ID',
    ])
      expect(find(path)).toBeUndefined()
  })
})
