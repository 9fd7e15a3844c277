import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { type MovedFiles, type Watch, watchFolder } from './watch-folder.ts'

async function open({ watch, folders = [] }: { watch?: Watch; folders?: string[] } = {}) {
  const rootDir = await mkdtemp(join(tmpdir(), 'dateline-watch-'))
  for (const folder of folders) await mkdir(join(rootDir, folder), { recursive: true })
  const told: (string[] | undefined)[] = []
  const moves: MovedFiles[] = []
  const failures: string[] = []
  const { stop } = await watchFolder(rootDir, {
    onChange(paths, moved) {
      told.push(paths)
      moves.push(moved)
    },
    onFail: ({ message }) => void failures.push(message),
    watch,
  })
  onTestFinished(async () => {
    stop()
    await rm(rootDir, { recursive: true, force: true })
  })
  const write = (path: string, text = '') => writeFile(join(rootDir, path), text)
  return { rootDir, told, moves, failures, write }
}

const soon = { timeout: 30_000, interval: 20 }
const quiet = () => new Promise((resolve) => setTimeout(resolve, 200))

it('tells once of a file that is written in steps and then renamed into place', async () => {
  const { told, write, rootDir } = await open()
  await write('a.md.tmp', 'half')
  await write('a.md.tmp', 'half and half')
  await rename(join(rootDir, 'a.md.tmp'), join(rootDir, 'a.md'))
  await vi.waitFor(() => expect(told).toEqual([['a.md']]), soon)
  await quiet()
  expect(told).toHaveLength(1)
})

it.runIf(process.platform === 'linux')('knows a file that was moved from one written', async () => {
  const { moves, write, rootDir } = await open()
  await write('a.md.tmp', 'whole')
  await rename(join(rootDir, 'a.md.tmp'), join(rootDir, 'a.md'))
  await vi.waitFor(() => expect([...(moves[0]?.keys() ?? [])]).toEqual(['a.md']), soon)
  await write('a.md', 'written')
  await vi.waitFor(() => expect(moves[1]?.size).toBe(0), soon)
})

it('waits for a file that is moved away and written again', async () => {
  let tell = (_event: 'rename' | 'change') => {}
  const { told, moves, write } = await open({
    watch(_dir, listener) {
      tell = (event) => listener(event, 'a.md')
      return { on: () => undefined, close: () => undefined }
    },
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  tell('rename')
  vi.advanceTimersByTime(40)
  await write('a.md', 'again')
  tell('rename')
  tell('change')
  vi.advanceTimersByTime(59)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told).toEqual([['a.md']])
  expect(moves[0]?.size).toBe(0)
})

it('names files in folders that were not there before, without doubting all others', async () => {
  const { told, write, rootDir } = await open()
  await mkdir(join(rootDir, 'uk/2026'), { recursive: true })
  await write('uk/2026/a.md')
  await vi.waitFor(() => expect(told.flat()).toContain('uk/2026/a.md'), soon)
  told.length = 0
  await write('uk/2026/b.md')
  await vi.waitFor(() => expect(told).toEqual([['uk/2026/b.md']]), soon)
})

it('doubts everything when a folder goes, and watches it again when it comes back', async () => {
  const { told, write, rootDir } = await open({ folders: ['uk'] })
  await rename(join(rootDir, 'uk'), `${rootDir}-uk`)
  onTestFinished(() => rm(`${rootDir}-uk`, { recursive: true, force: true }))
  await vi.waitFor(() => expect(told).toContain(undefined), soon)
  await mkdir(join(rootDir, 'uk'))
  await quiet()
  told.length = 0
  await write('uk/a.md')
  await vi.waitFor(() => expect(told).toEqual([['uk/a.md']]), soon)
})

it('has nothing to say of other files', async () => {
  const { told, write } = await open()
  for (const name of ['a.png', 'b.md~', '.c.md.swp', 'LICENSE']) await write(name)
  await quiet()
  expect(told).toEqual([])
})

it('doubts everything after more events than a platform can be trusted to tell', async () => {
  let tell = (_name: string) => {}
  const { told } = await open({
    watch(_dir, listener) {
      tell = (name) => listener('change', name)
      return { on: () => undefined, close: () => undefined }
    },
  })
  for (let i = 0; i < 1001; i += 1) tell(`${i}.md`)
  await vi.waitFor(() => expect(told).toEqual([undefined]), soon)
})

it.each(['ENOSPC', 'EMFILE'])('gives up, once, when the platform does (%s)', async (code) => {
  const closed: string[] = []
  const { failures, told, rootDir } = await open({
    folders: ['en', 'uk'],
    watch(dir) {
      if (dir.endsWith('uk')) throw Object.assign(new Error(code), { code })
      return { on: () => undefined, close: () => void closed.push(dir) }
    },
  })
  expect(failures).toEqual([code])
  expect(closed.sort()).toEqual([rootDir, join(rootDir, 'en')])
  expect(told).toEqual([])
})
