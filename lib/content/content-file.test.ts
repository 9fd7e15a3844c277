import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  readContentFile,
  removeContentFile,
  toFileDigest,
  writeContentFile,
} from './content-file.ts'

/** A content folder with one article, and a file outside of the folder. */
async function makeFolders() {
  const dir = await mkdtemp(join(tmpdir(), 'dateline-preview-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const contentDir = join(dir, 'content')
  const outside = join(dir, 'outside')
  await mkdir(join(contentDir, 'articles'), { recursive: true })
  await mkdir(outside)
  await writeFile(join(contentDir, 'articles/a.md'), 'article')
  await writeFile(join(outside, 'secret.md'), 'secret')
  return { contentDir, outside }
}

describe('readContentFile', () => {
  it('reads an article’s bytes, also in a content folder that is itself a link', async () => {
    const { contentDir } = await makeFolders()
    await symlink(contentDir, `${contentDir}-link`)
    for (const folder of [contentDir, `${contentDir}-link`]) {
      expect(String(await readContentFile(folder, 'articles/a.md'))).toBe('article')
    }
  })

  it.each([
    '../outside/secret.md',
    'articles/../../outside/secret.md',
    'articles/./a.md',
    '..\\outside\\secret.md',
    'articles/missing.md',
    'articles/a.md/b.md',
    'articles/a.md\0',
    'articles/a.md\0.md',
    `articles/${'a'.repeat(300)}.md`,
    'articles',
    '',
  ])('finds nothing at %j', async (path) => {
    const { contentDir } = await makeFolders()
    expect(await readContentFile(contentDir, path)).toBeUndefined()
  })

  it('takes an absolute path for one below the content folder', async () => {
    const { contentDir, outside } = await makeFolders()
    expect(await readContentFile(contentDir, join(outside, 'secret.md'))).toBeUndefined()
  })

  it('goes through no symbolic link, be it the file, its folder, or one that stays inside', async () => {
    const { contentDir, outside } = await makeFolders()
    await symlink(join(outside, 'secret.md'), join(contentDir, 'articles/file.md'))
    await symlink(outside, join(contentDir, 'articles/folder'))
    await symlink(join(contentDir, 'articles/a.md'), join(contentDir, 'articles/inside.md'))
    await symlink(join(contentDir, 'nowhere.md'), join(contentDir, 'articles/dangling.md'))
    for (const path of ['file.md', 'folder/secret.md', 'inside.md', 'dangling.md']) {
      expect(await readContentFile(contentDir, `articles/${path}`)).toBeUndefined()
    }
  })

  it.skipIf(process.platform === 'win32')('waits for no pipe and reads no folder', async () => {
    const { contentDir } = await makeFolders()
    execFileSync('mkfifo', [join(contentDir, 'articles/pipe.md')])
    await mkdir(join(contentDir, 'articles/folder.md'))
    expect(await readContentFile(contentDir, 'articles/pipe.md')).toBeUndefined()
    expect(await readContentFile(contentDir, 'articles/folder.md')).toBeUndefined()
  })
})

describe('writeContentFile', () => {
  const path = 'articles/a.md'
  const encode = (text: string) => new TextEncoder().encode(text)
  const digest = toFileDigest(encode('article'))

  it('replaces what the caller has read, and nothing else', async () => {
    const { contentDir } = await makeFolders()
    const read = () => readFile(join(contentDir, path), 'utf8')
    expect(await writeContentFile(contentDir, path, encode('new'), digest)).toEqual({
      kind: 'written',
      digest: toFileDigest(encode('new')),
      overwritten: undefined,
    })
    const stale = await writeContentFile(contentDir, path, encode('newer'), digest)
    expect([stale.kind, 'found' in stale && String(stale.found)]).toEqual(['changed', 'new'])
    const made = await writeContentFile(contentDir, path, encode('newer'), undefined)
    expect(made.kind).toBe('changed')
    expect(await read()).toBe('new')
    expect(
      await writeContentFile(contentDir, 'articles/b/c.md', encode('x'), undefined),
    ).toMatchObject({ kind: 'written' })
    await rm(join(contentDir, path))
    const gone = await writeContentFile(contentDir, path, encode('newer'), digest)
    expect(gone).toEqual({ kind: 'changed', found: undefined })
    expect((await readdir(join(contentDir, 'articles'))).toSorted()).toEqual(['b'])
  })

  it('never writes through a link', async () => {
    const { contentDir, outside } = await makeFolders()
    await symlink(outside, join(contentDir, 'articles/folder'))
    const written = writeContentFile(contentDir, 'articles/folder/x.md', encode('x'), undefined)
    await expect(written).rejects.toThrow(/reached through a link/)
    expect(await readdir(outside)).toEqual(['secret.md'])
  })

  it('removes only what the caller has read', async () => {
    const { contentDir } = await makeFolders()
    const other = toFileDigest(encode('other'))
    expect(await removeContentFile(contentDir, path, other)).toMatchObject({ kind: 'changed' })
    expect(await removeContentFile(contentDir, path, digest)).toEqual({ kind: 'removed' })
    expect(await readContentFile(contentDir, path)).toBeUndefined()
  })
})
