import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  articleOf,
  eventually,
  makeDatabase,
  makeFolder,
  path,
  startNode,
} from '#bench/evals/test-servers/fleet-fixture.ts'
import { pullContent } from './pull-content.ts'

describe('pulling content', () => {
  it('rebuilds a folder from the database alone, and leaves what differs unless it may overwrite it', async () => {
    const { url, query } = await makeDatabase()
    const files = {
      [path('a')]: articleOf(''),
      [path('broken')]: 'no front matter',
      [path('gone')]: articleOf(''),
      'pages/en/imprint.md': '---\ntitle: Imprint\n---\nWe.\n',
      'authors/olena.md': '---\nname: Olena\n---\n',
      'redirects.txt': '/old /article/a\n',
      'media/a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'media/a.mp3': Buffer.alloc(5 * 1024 * 1024, 'la'),
      'media/empty.txt': '',
    }
    const writer = await startNode(url, 'writer', files)
    writer.remove(path('gone'))
    await writer.publish()
    await eventually(async () =>
      expect(await query("SELECT path FROM media_files WHERE owner = 'content'")).toHaveLength(2),
    )
    const folder = join(makeFolder(), 'content')
    const pull = (overwrite = false) => pullContent({ databaseUrl: url, folder, overwrite })
    const { [path('gone')]: _, ...wanted } = files
    const names = Object.keys(wanted)
    const nothing = { written: 0, unchanged: 0, overwritten: 0, kept: [], failed: [] }
    const revision = 8
    expect(await pull()).toEqual({ ...nothing, revision, written: names.length })
    for (const [name, content] of Object.entries(wanted)) {
      expect(readFileSync(join(folder, name)).equals(Buffer.from(content)), name).toBe(true)
    }
    expect(
      readdirSync(folder, { recursive: true }).filter((name) => /tmp$/.test(`${name}`)),
    ).toEqual([])

    for (const name of [path('a'), 'media/a.mp3']) writeFileSync(join(folder, name), 'mine')
    writeFileSync(join(folder, path('only-here')), 'mine')
    rmSync(join(folder, 'authors'), { recursive: true })
    symlinkSync(makeFolder(), join(folder, 'authors'))
    expect(await pull()).toEqual({
      ...nothing,
      revision,
      unchanged: names.length - 3,
      kept: [path('a'), 'media/a.mp3'],
      failed: [{ path: 'authors/olena.md', reason: expect.stringMatching(/through a link/) }],
    })
    rmSync(join(folder, 'authors'))
    expect(await pull(true)).toEqual({
      ...nothing,
      revision,
      unchanged: names.length - 3,
      written: 1,
      overwritten: 2,
    })
    expect(readFileSync(join(folder, path('only-here')), 'utf8')).toBe('mine')
    expect(readFileSync(join(folder, 'media/a.mp3')).equals(files['media/a.mp3'])).toBe(true)
  })
})
