import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { closeToOthers, openDataFolder } from './data-folder.ts'

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-data-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const modeOf = (path: string) => (statSync(join(folder, path)).mode & 0o777).toString(8)
  return { folder, modeOf }
}

it.runIf(process.platform !== 'win32')('makes a folder that only its owner may enter', () => {
  const { folder, modeOf } = open()
  openDataFolder(join(folder, 'a/data'))
  expect(modeOf('a/data')).toBe('700')
})

it.runIf(process.platform !== 'win32')('closes what is in it already, and nothing outside', () => {
  const { folder, modeOf } = open()
  mkdirSync(join(folder, 'data/images'), { recursive: true })
  for (const name of ['secret', 'articles.sqlite', 'articles.sqlite-wal', 'images/a.png']) {
    writeFileSync(join(folder, 'data', name), '', { mode: 0o644 })
  }
  writeFileSync(join(folder, 'outside'), '', { mode: 0o644 })
  symlinkSync(join(folder, 'outside'), join(folder, 'data/link'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'data/broken'))
  openDataFolder(join(folder, 'data'))
  expect(['data', 'data/images'].map(modeOf)).toEqual(['700', '700'])
  expect(
    ['data/secret', 'data/articles.sqlite', 'data/articles.sqlite-wal', 'data/images/a.png'].map(
      modeOf,
    ),
  ).toEqual(['600', '600', '600', '600'])
  expect(modeOf('outside')).toBe('644')
})

it.runIf(process.platform !== 'win32')('closes a database with what lies beside it', () => {
  const { folder, modeOf } = open()
  for (const name of ['a.sqlite', 'a.sqlite-shm', 'b.sqlite'])
    writeFileSync(join(folder, name), '', { mode: 0o644 })
  closeToOthers(join(folder, 'a.sqlite'))
  expect(['a.sqlite', 'a.sqlite-shm', 'b.sqlite'].map(modeOf)).toEqual(['600', '600', '644'])
})
