import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type WriteOptions, writeWhole, writeWholeSync } from './write-whole.ts'

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-write-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

const ways: [
  name: string,
  write: (file: string, content: string, options?: WriteOptions) => Promise<void>,
][] = [
  ['writeWhole', writeWhole],
  ['writeWholeSync', async (...given) => writeWholeSync(...given)],
]

describe.each(ways)('%s', (_, write) => {
  it('writes a file into folders that are not there yet, over what was there', async () => {
    const folder = await makeFolder()
    await write(join(folder, 'articles/en/a.md'), 'first')
    await write(join(folder, 'articles/en/a.md'), 'second')
    expect(await readFile(join(folder, 'articles/en/a.md'), 'utf8')).toBe('second')
  })

  it('leaves nothing beside the file, not even what an interrupted write left', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, '.a.md.tmp'), 'half of')
    await write(join(folder, 'a.md'), 'whole')
    expect(await readdir(folder)).toEqual(['a.md'])
  })

  it('leaves the old file, and nothing else, when it fails', async () => {
    const folder = await makeFolder()
    await mkdir(join(folder, 'a.md'))
    await writeFile(join(folder, 'a.md', 'inside'), '')
    await expect(write(join(folder, 'a.md'), 'new')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    expect(await readdir(folder)).toEqual(['a.md'])
  })

  it('replaces the file and does not write into it', async () => {
    const folder = await makeFolder()
    const file = join(folder, 'a.md')
    await writeFile(file, 'old')
    const { ino } = await stat(file)
    await write(file, 'new')
    expect((await stat(file)).ino).not.toBe(ino)
  })

  it('gives the new file the mode', async () => {
    const file = join(await makeFolder(), 'a')
    await writeFile(file, '')
    await chmod(file, 0o644)
    await write(file, 'secret', { mode: 0o600 })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })
})

it('lets many write one file at the same time, and keeps one of them whole', async () => {
  const folder = await makeFolder()
  const texts = Array.from({ length: 20 }, (_, number) => String(number).repeat(100_000))
  await Promise.all(
    texts.map((text) => writeWhole(join(folder, 'a'), text, { isShared: true, mode: 0o600 })),
  )
  expect(texts).toContain(await readFile(join(folder, 'a'), 'utf8'))
  expect(await readdir(folder)).toEqual(['a'])
})
