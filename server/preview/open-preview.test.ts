import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findPendingPreview } from '#lib/content/pending-previews.ts'
import { logTo } from '#lib/node/log.ts'
import { createPreviewCheck, openPreviewLink } from './open-preview.ts'
import { makePreviewLink } from './preview-link.ts'

const noon = '2026-11-22T12:00:00.000Z'

const fileOf = (lines: string) => `---
title: Vault
publishedAt: '2026-11-20T09:00:00.000Z'
category: MARKETS
${lines}
---
Text.
`

/** A desk with one article file, `articles/en/vault.md`. */
async function openDesk(text: string) {
  const dir = await mkdtemp(join(tmpdir(), 'dateline-preview-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const contentDir = join(dir, 'content')
  const file = 'articles/en/vault.md'
  await mkdir(join(contentDir, 'articles/en'), { recursive: true })
  const write = (words: string) => writeFile(join(contentDir, file), words)
  await write(text)
  let now = new Date(noon)
  const place = { contentDir, dataDir: join(dir, 'data'), previewSecret: undefined }
  const lines: string[] = []
  const check = createPreviewCheck({ ...place, now: () => now, log: logTo(lines) })
  return {
    file: join(contentDir, file),
    write,
    lines,
    makeLink: (hours = 1) =>
      makePreviewLink({ ...place, siteUrl: 'https://dateline.example', file, hours, now }),
    async follow(url: string) {
      const { pathname, search } = new URL(url)
      const link = check({ segments: pathname.slice(1).split('/').map(decodeURIComponent), search })
      return link && (await openPreviewLink(link, { contentDir, now }))
    },
    setNow: (instant: string) => {
      now = new Date(instant)
    },
  }
}

describe('a preview', () => {
  it.each([
    ['draft', fileOf('draft: true')],
    ['withdrawn', fileOf('withdrawn: true\ndraft: true')],
    ['scheduled', fileOf("updatedAt: '2026-12-02T09:00:00Z'").replace('2026-11-20', '2026-12-01')],
  ])('shows an article that is %s, as it was saved last', async (reason, text) => {
    const { makeLink, follow, write } = await openDesk(text)
    const link = await makeLink()
    expect(link).toMatchObject({ reason, expiresAt: '2026-11-22T13:00:00.000Z' })
    await write(text.replace('Text.', 'Better text.'))
    const opened = await follow(link.url)
    if (opened?.kind !== 'page') throw new Error('no page')
    const token = opened.path.replace('/en/preview/', '')
    expect(findPendingPreview(token)).toMatchObject({ reason, article: { body: 'Better text.\n' } })
    opened.close()
    expect(findPendingPreview(token)).toBeUndefined()
  })

  it('is not to be had an hour later, nor by a link of another desk', async () => {
    const desk = await openDesk(fileOf('draft: true'))
    const other = await openDesk(fileOf('draft: true'))
    const { url } = await desk.makeLink()
    await other.makeLink()
    expect(await other.follow(url)).toBeUndefined()
    desk.setNow('2026-11-22T13:00:00.000Z')
    expect(await desk.follow(url)).toBeUndefined()
  })

  it('leads to the public address once the article is published', async () => {
    const { makeLink, follow, write } = await openDesk(fileOf('draft: true'))
    const { url } = await makeLink()
    await write(fileOf('draft: false'))
    expect(await follow(url)).toEqual({ kind: 'published', path: '/article/vault' })
    expect(await makeLink()).toEqual({
      url: 'https://dateline.example/article/vault',
      reason: undefined,
    })
  })

  it('names what is wrong with a file that broke meanwhile', async () => {
    const { makeLink, follow, write } = await openDesk(fileOf('draft: true'))
    const { url } = await makeLink()
    await write(fileOf('draft: perhaps'))
    expect(await follow(url)).toMatchObject({
      kind: 'invalid',
      problems: [expect.objectContaining({ line: 5, field: 'draft', found: '"perhaps"' })],
    })
    await expect(makeLink()).rejects.toThrow(/vault\.md:5 draft/)
  })

  it('gives up on a file that takes too long to render, and opens the next one', async () => {
    const { makeLink, follow, write } = await openDesk(fileOf('draft: true'))
    const { url } = await makeLink()
    await write(`${fileOf('draft: true')}\n${'*a_'.repeat(50_000)}\n`)
    const following = follow(url)
    // The thread that serves has its turn meanwhile.
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 5)
    expect(await following).toMatchObject({
      kind: 'invalid',
      problems: [
        expect.objectContaining({
          found: expect.stringMatching(/takes longer than [\d.]+ s of CPU time to render/),
        }),
      ],
    })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(10)
    await expect(makeLink()).rejects.toThrow('of CPU time to render')
    await write(fileOf('draft: true'))
    expect(await follow(url)).toMatchObject({ kind: 'page' })
  })

  it('shows nothing else under the link: not another language, not a file that is gone', async () => {
    const { file, makeLink, follow, write } = await openDesk(fileOf('draft: true'))
    const { url } = await makeLink()
    await write(fileOf('draft: true\nlang: uk'))
    expect(await follow(url)).toBeUndefined()
    await rm(file)
    expect(await follow(url)).toBeUndefined()
    await expect(makeLink()).rejects.toThrow(/no article file articles\/en\/vault\.md/)
  })

  it('says in the log, and nowhere else, that it could not be opened', async () => {
    const { file, makeLink, follow, lines } = await openDesk(fileOf('draft: true'))
    const { url } = await makeLink()
    const secretFile = join(file, '../../../../data/secret')
    await rm(secretFile)
    await mkdir(secretFile)
    expect(await follow(url)).toBeUndefined()
    expect(lines).toEqual([expect.stringMatching(/^A preview could not be opened: EISDIR/)])
  })
})
