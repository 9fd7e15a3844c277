import { symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openFetcher } from '#lib/ingest/fetch/fetch-document.ts'
import { now, openImport, png, problemsOf, say } from './open-import-in-test.ts'

const blue = await sharp({ create: { width: 4, height: 3, channels: 3, background: 'blue' } })
  .png()
  .toBuffer()

describe('pictures', () => {
  const article = (body: string) =>
    `---\ntitle: A\ndate: 2020-01-02\ncategory: News\n---\n${body}\n`

  it('come only from the folders, never by a way or a link that leads out of them', async () => {
    const site = openImport({
      'b/a.md': article(
        '![a](../secret.png) ![b](/../secret.png) ![c](link.png) ![d](%2e%2e/secret.png) ![e](dir/x.png)',
      ),
      'secret.png': png,
    })
    symlinkSync(join(site.root, 'secret.png'), join(site.root, 'b/link.png'))
    symlinkSync(site.root, join(site.root, 'b/dir'))
    const report = await site.import(await site.folder('b'), {
      pictureRoots: [join(site.root, 'b')],
    })
    expect(site.list()).toEqual(['articles/en/2020/01/a.md'])
    expect(report.losses.map(say)).toEqual(
      Array(5).fill(
        'lost a.md:6 picture left behind: in none of the folders: name its folder with --media',
      ),
    )
  })

  it('are named where they are none, and get the ending that they are', async () => {
    const site = openImport({
      'b/a.md': article('![a](fake.png) ![b](draw.svg) ![c](really-png.jpg)'),
      'b/fake.png': '<html>',
      'b/draw.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'b/really-png.jpg': png,
    })
    const report = await site.import(await site.folder('b'), {
      pictureRoots: [join(site.root, 'b')],
    })
    expect(site.list()).toEqual(['articles/en/2020/01/a.md', 'media/really-png.png'])
    expect(report.losses.map(({ outcome }) => outcome)).toEqual([
      'left behind: no picture that can be read',
      'left behind: a drawing (SVG): it can hold scripts',
    ])
  })

  it('of one name and different content get names of their own; those in the text become files', async () => {
    const site = openImport({
      'b/one/index.md': article('![a](../x/p.png)'),
      'b/x/p.png': png,
      'b/two.md': article(`![a](data:image/png;base64,${blue.toString('base64')})`).replace(
        'title: A',
        'title: B',
      ),
      'content/media/x/p.png': blue,
    })
    await site.import(await site.folder('b'), { pictureRoots: [join(site.root, 'b')] })
    expect(site.list().filter((path) => path.startsWith('media/'))).toEqual([
      expect.stringMatching(/^media\/imported\/[0-9a-f]{16}\.png$/),
      expect.stringMatching(/^media\/x\/p-[0-9a-f]{8}\.png$/),
      'media/x/p.png',
    ])
    expect(site.read('articles/en/2020/01/one.md')).toMatch(
      /!\[a\]\(\/media\/x\/p-[0-9a-f]{8}\.png\)/,
    )
    expect(await problemsOf(site)).toEqual([])
  })

  it('come from the net only when asked for, and never from a private address', async () => {
    const server = createServer((request, response) => {
      response.end(request.url === '/a.png' ? png : 'no')
    }).listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const fetching = {
      timeoutSeconds: 5,
      maxMegabytes: 1,
      pauseMilliseconds: 0,
      retries: 0,
      atOnce: 1,
      userAgent: 'test',
    }
    const url = `http://127.0.0.1:${port}/a.png`
    const files = { 'b/a.md': article(`![a](${url})`) }
    const run = async (isPrivate?: () => boolean) => {
      const site = openImport(files)
      const fetcher = openFetcher(fetching, {
        now: () => now,
        random: () => 0,
        ...(isPrivate ? { isPrivate } : {}),
      })
      onTestFinished(() => fetcher.close())
      const report = await site.import(await site.folder('b'), {
        fetchDocument: fetcher.fetchDocument,
      })
      return { report, list: site.list() }
    }
    const asked = openImport(files)
    const without = await asked.import(await asked.folder('b'))
    expect(without.losses.map(({ outcome }) => outcome)).toEqual([
      'left behind: on the net: `--download` fetches it',
    ])
    const guarded = await run()
    expect(guarded.report.losses.map(({ outcome }) => outcome)).toEqual([
      expect.stringContaining('is not public'),
    ])
    const fetched = await run(() => false)
    expect(fetched.list).toEqual(['articles/en/2020/01/a.md', 'media/127.0.0.1/a.png'])
    expect(fetched.report.pictures.downloaded).toBe(1)
  })
})
