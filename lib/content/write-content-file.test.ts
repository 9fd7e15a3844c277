import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writeContentFile } from './write-content-file.ts'

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-write-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

it('writes a file into folders that are not there yet, over what was there', async () => {
  const folder = await makeFolder()
  await writeContentFile(folder, 'articles/en/a.md', 'first')
  await writeContentFile(folder, 'articles/en/a.md', 'second')
  expect(await readFile(join(folder, 'articles/en/a.md'), 'utf8')).toBe('second')
})

it('leaves nothing beside the file, not even what an interrupted try left', async () => {
  const folder = await makeFolder()
  await writeFile(join(folder, '.a.md.tmp'), 'half of')
  await writeContentFile(folder, 'a.md', 'whole')
  expect(await readdir(folder)).toEqual(['a.md'])
})
