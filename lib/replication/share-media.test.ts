import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  articleOf,
  eventually,
  makeDatabase,
  makeFolder,
  type Node,
  path,
  startNode,
} from '#bench/evals/test-servers/fleet-fixture.ts'

describe('the files of a fleet that are no content', () => {
  it('has the files of every build on every node before one that runs it is sent readers', async () => {
    const { url, query } = await makeDatabase()
    const buildOf = (names: string[]) => {
      const folder = makeFolder()
      for (const name of names) {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), `of ${name}`)
      }
      return folder
    }
    const [former, next] = [
      buildOf(['chunks/same.js', 'chunks/a.js']),
      buildOf(['chunks/same.js', 'b/b.css']),
    ]
    const oldNode = await startNode(url, 'all', { [path('a')]: articleOf('') }, undefined, {
      build: 'former',
      builtDir: former,
    })
    await eventually(() => expect(oldNode.fleet()?.waitsFor).toBeUndefined())
    // The disk of the first node takes nothing: as long as that is so, the new one waits.
    const builds = (node: Node) => join(node.folder, 'data/builds')
    writeFileSync(builds(oldNode), 'no folder')
    const newNode = await startNode(url, 'web', {}, undefined, { build: 'next', builtDir: next })
    await eventually(() =>
      expect(newNode.fleet()?.waitsFor).toMatch(/^all\/.* does not have the files/),
    )
    expect(readFileSync(join(builds(newNode), 'chunks/a.js'), 'utf8')).toBe('of chunks/a.js')
    rmSync(builds(oldNode))
    await eventually(() => expect(newNode.fleet()?.waitsFor).toBeUndefined())
    expect(readFileSync(join(builds(oldNode), 'b/b.css'), 'utf8')).toBe('of b/b.css')
    // What no node has run for a week goes.
    await oldNode.stop()
    await query(
      "UPDATE media_files SET changed_at = now() - interval '8 days' WHERE owner = 'former'",
    )
    await startNode(url, 'all', { [path('a')]: articleOf('') }, undefined, {
      build: 'next',
      builtDir: next,
    })
    await eventually(async () =>
      expect(await query('SELECT DISTINCT owner FROM media_files')).toEqual([{ owner: 'next' }]),
    )
  })

  it('has sound, film and documents on every node, and keeps them when another one writes', async () => {
    const { url } = await makeDatabase()
    const film = Buffer.alloc(9 * 1024 * 1024, 'film')
    const first = await startNode(url, 'all', {
      [path('a')]: articleOf(''),
      'media/a.mp4': film,
      'media/a.svg': '<svg/>',
      'media/.hidden.pdf': 'x',
    })
    const second = await startNode(url, 'all')
    const fileOf = (node: Node, name: string) => join(node.mediaDir, 'media', name)
    await eventually(() => expect(readFileSync(fileOf(second, 'a.mp4')).equals(film)).toBe(true))
    expect(statSync(fileOf(second, 'a.mp4')).mtimeMs).toBe(
      Math.floor(statSync(join(first.contentDir, 'media/a.mp4')).mtimeMs),
    )
    for (const name of ['b.pdf', 'c.txt', 'd.txt', 'e.txt', 'f.txt'])
      first.write(`media/${name}`, name)
    await first.publish()
    const listed = () =>
      readdirSync(join(second.mediaDir, 'media')).filter((name) => !/svg$/.test(name))
    await eventually(() => expect(existsSync(fileOf(second, 'f.txt'))).toBe(true))
    expect(listed().sort()).toEqual(['a.mp4', 'b.pdf', 'c.txt', 'd.txt', 'e.txt', 'f.txt'])
    // Many that are missing are a wrong folder, until somebody says otherwise.
    for (const name of ['b.pdf', 'c.txt', 'd.txt', 'e.txt', 'f.txt']) first.remove(`media/${name}`)
    await first.publish()
    expect(first.lines.join()).toContain('media: 5 of 6 files are missing')
    expect(existsSync(fileOf(second, 'b.pdf'))).toBe(true)
    await first.publish({ confirmRemovals: true })
    await eventually(() => expect(existsSync(fileOf(second, 'b.pdf'))).toBe(false))
    // The folder of another writer, which has none of them, is brought up to them.
    await first.stop()
    await eventually(() => expect(second.fleet()?.lease?.isMine).toBe(true))
    await eventually(() =>
      expect(readFileSync(join(second.contentDir, 'media/a.mp4')).equals(film)).toBe(true),
    )
    await eventually(() => second.publish())
    expect(listed()).toEqual(['a.mp4'])
  })

  it('leaves an old folder of a writer no file that was replaced or deleted elsewhere', async () => {
    const { url } = await makeDatabase()
    const seed = { 'media/gone.pdf': 'old', 'media/kept.pdf': 'old', 'media/edited.pdf': 'old' }
    const first = await startNode(url, 'all', seed)
    const second = await startNode(url, 'all', { ...seed, 'media/edited.pdf': 'mine' })
    await eventually(() => first.publish())
    first.write('media/kept.pdf', 'replaced')
    first.write('media/edited.pdf', 'another')
    first.remove('media/gone.pdf')
    await first.publish()
    await first.stop()
    await eventually(() => second.publish())
    const read = (name: string) => readFileSync(join(second.contentDir, 'media', name), 'utf8')
    expect(readdirSync(join(second.contentDir, 'media')).sort()).toEqual(['edited.pdf', 'kept.pdf'])
    // What nobody has published is an edit.
    expect([read('kept.pdf'), read('edited.pdf')]).toEqual(['replaced', 'mine'])
    expect(readdirSync(join(second.mediaDir, 'media')).sort()).toEqual(['edited.pdf', 'kept.pdf'])
  })
})
