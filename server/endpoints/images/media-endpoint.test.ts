import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { WorkerBusyError } from '#lib/node/call-worker.ts'
import { logTo } from '#lib/node/log.ts'
import { fallbackArtPath } from '#lib/site/document-paths.ts'
import { serveFiles } from '../../http/serve-files.ts'
import { serveInTest } from '../../http/serve-in-test.ts'
import { openImageStore } from './image-store.ts'
import { createMediaEndpoint, type MediaOptions } from './media-endpoint.ts'

const folder = mkdtempSync(join(tmpdir(), 'media-'))
const media = join(folder, 'content/media')
const lines: string[] = []
mkdirSync(join(media, 'deep'), { recursive: true })
const photo = await sharp({ create: { width: 1000, height: 500, channels: 3, background: '#c33' } })
  .jpeg()
  .withExif({ IFD0: { Copyright: 'Secret place' } })
  .toBuffer()
writeFileSync(join(media, 'photo.jpg'), photo)
writeFileSync(join(media, 'deep/фото 1.jpg'), photo)
writeFileSync(join(media, 'page.html'), '<script>alert(1)</script>')
writeFileSync(join(media, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
writeFileSync(join(media, 'report.pdf'), '%PDF-1.7')
writeFileSync(join(media, 'lies.png'), photo)
writeFileSync(join(folder, 'outside.jpg'), photo)
writeFileSync(join(folder, 'outside.pdf'), 'secret')
symlinkSync(join(folder, 'outside.jpg'), join(media, 'link.jpg'))
symlinkSync(join(folder, 'outside.pdf'), join(media, 'link.pdf'))
symlinkSync(folder, join(media, 'up'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The one article that is published. */
const article = articleWith({ slug: 'сховище', locale: 'uk', category: 'LAYER 2' })

const known = ['photo.jpg', 'deep/фото 1.jpg', 'lies.png', 'link.jpg', 'up/outside.jpg', 'gone.jpg']

function serve(options: Partial<MediaOptions> = {}) {
  const find = createMediaEndpoint({
    index: {
      findArticle: (locale, slug) =>
        locale === 'uk' && slug === article.slug ? article : undefined,
      findPicture: (path) =>
        known.includes(path.slice('media/'.length))
          ? { path, width: 1000, height: 500 }
          : undefined,
    },
    contentDir: join(folder, 'content'),
    store: openImageStore({ folder: join(folder, 'kept'), maxBytes: 1e7 }),
    sendFile: serveFiles({
      root: media,
      cacheControl: 'public',
      sendMissing: (exchange) => void exchange.response.writeHead(404).end(),
    }),
    log: logTo(lines),
    ...options,
  })
  const { ask } = serveInTest([{ name: 'media', find }])
  return {
    async get(path: string, headers: Record<string, string> = {}) {
      const response = await ask(path, { headers })
      const bytes = Buffer.from(await response.arrayBuffer())
      return { status: response.status, headers: Object.fromEntries(response.headers), bytes }
    },
  }
}

describe('a picture of the content folder', () => {
  it('comes in the width and the best format that is asked for, without what cameras add', async () => {
    const { get } = serve()
    for (const [accept, format] of [
      ['image/avif,image/webp,*/*', 'avif'],
      ['image/webp,image/avif;q=0', 'webp'],
      ['*/*', 'jpeg'],
    ] as const) {
      const response = await get('/media/photo.jpg?w=400', { accept })
      expect(response.status).toBe(200)
      expect(response.headers).toMatchObject({
        'content-type': `image/${format}`,
        vary: 'Accept',
        'x-content-type-options': 'nosniff',
      })
      const made = await sharp(response.bytes).metadata()
      expect([made.width, made.height, made.exif]).toEqual([400, 200, undefined])
      const again = await get('/media/photo.jpg?w=400', {
        accept,
        'if-none-match': response.headers.etag ?? '',
      })
      expect(again.status).toBe(304)
    }
  })

  it('is never larger than it is, and is found under any name', async () => {
    const { get } = serve()
    const { status, bytes } = await get('/media/deep/%D1%84%D0%BE%D1%82%D0%BE%201.jpg?w=1600')
    expect(status).toBe(200)
    expect((await sharp(bytes).metadata()).width).toBe(1000)
  })

  it.each(['?w=401', '?w=0', '?w=99999', '?w=-1', '?w=a', '?w='])(
    'has no width %s',
    async (query) => {
      expect((await serve().get(`/media/photo.jpg${query}`)).status).toBe(404)
    },
  )

  it.each([
    ['/media/photo.jpg?w=480&x=1', '/media/photo.jpg?w=480'],
    ['/media/photo.jpg?W=960&w=480', '/media/photo.jpg?w=480'],
    ['/media/photo.jpg?w=480&w=960', '/media/photo.jpg?w=480'],
    ['/media/photo.jpg?%77=480', '/media/photo.jpg?w=480'],
    ['/media/photo.jpg?v=2', '/media/photo.jpg'],
    [
      `${fallbackArtPath('сховище', 'LAYER 2', 480)}&random`,
      fallbackArtPath('сховище', 'LAYER 2', 480),
    ],
  ])('has one address that caches may keep: %s leads to %s', async (spelled, location) => {
    const { status, headers } = await serve().get(spelled)
    expect([status, headers.location]).toEqual([308, location])
  })

  it('is made once for all who wait, and again when the file is another one', async () => {
    const made: string[] = []
    const scale = async ({ format }: { format: string }) => {
      made.push(format)
      return new Uint8Array([made.length])
    }
    const { get } = serve({
      scale,
      store: openImageStore({ folder: join(folder, 'once'), maxBytes: 1e6 }),
    })
    await Promise.all([get('/media/photo.jpg?w=480'), get('/media/photo.jpg?w=480')])
    await get('/media/photo.jpg?w=480')
    expect(made).toHaveLength(1)
    expect(readdirSync(join(folder, 'once'))).toHaveLength(1)
    writeFileSync(join(media, 'photo.jpg'), Buffer.concat([photo, Buffer.from('x')]))
    await get('/media/photo.jpg?w=480')
    expect(made).toHaveLength(2)
  })

  it('asks to come back when too many are being made', async () => {
    const scale = () => Promise.reject(new WorkerBusyError())
    const { status, headers } = await serve({ scale }).get('/media/photo.jpg?w=960')
    expect([status, headers['retry-after']]).toEqual([503, '5'])
  })
})

describe('what is refused', () => {
  it.each([
    'link.jpg?w=400',
    'link.pdf',
    'up/outside.jpg?w=400',
    'up/outside.pdf',
    'lies.png?w=400',
    'gone.jpg?w=400',
    'page.html',
    'drawing.svg',
    'none.pdf',
    '..%2f..%2foutside.pdf',
  ])('%s', async (path) => {
    const response = await serve().get(`/media/${path}`)
    expect([400, 404]).toContain(response.status)
    expect(response.headers['content-type']).not.toMatch(/svg|image|application/)
  })

  it('names a picture that is another one than its name says', () => {
    expect(lines.join('\n')).toContain('lies.png cannot be scaled')
  })
})

it('sends documents as they are, and lets them run nothing', async () => {
  const { status, headers } = await serve().get('/media/report.pdf')
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('application/pdf')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
})

describe('fallback art', () => {
  it('is a picture of the width that is asked for, for good, where an article has it', async () => {
    const { get } = serve()
    for (const [accept, format] of [
      ['image/avif,*/*', 'avif'],
      ['image/webp', 'webp'],
    ] as const) {
      const response = await get(fallbackArtPath('сховище', 'LAYER 2', 480), { accept })
      expect(response.headers).toMatchObject({
        'content-type': `image/${format}`,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept',
      })
      const made = await sharp(response.bytes).metadata()
      expect([made.width, made.height]).toEqual([480, 320])
    }
  })

  it.each([
    fallbackArtPath('сховище', 'MARKETS', 480),
    fallbackArtPath('another', 'LAYER 2', 480),
    fallbackArtPath('сховище', 'LAYER 2', 481),
    fallbackArtPath('сховище', 'LAYER 2', 480).replace(/\?.*/, ''),
    fallbackArtPath('сховище', 'LAYER 2', 480).replace(/\d+/, '0'),
    '/prints/1/any/random?w=480',
  ])('is not at %s', async (path) => {
    const { status, headers } = await serve().get(path)
    expect([status, headers['cache-control']]).toEqual([404, 'no-store'])
  })

  it('is sent as the drawing that it is while too many pictures are made', async () => {
    const scale = () => Promise.reject(new WorkerBusyError())
    const { headers, bytes } = await serve({ scale }).get(
      fallbackArtPath('сховище', 'LAYER 2', 480),
    )
    expect(bytes.toString()).toMatch(/^<svg/)
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining('sandbox'),
    })
  })
})
