import { hash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { logTo } from '#lib/node/log.ts'
import { openPageStore, type PageStoreOptions } from './page-store.ts'

async function openFolder() {
  const dir = await mkdtemp(join(tmpdir(), 'dateline-pages-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const clock = { now: new Date('2026-06-01T00:00:00Z') }
  const lines: string[] = []
  const file = join(dir, 'pages.sqlite')
  const open = (overrides: Partial<PageStoreOptions<number>> = {}) => {
    const store = openPageStore({
      file,
      maxBytes: 1_000_000,
      namespace: 'build-1',
      parseAnswers: (json) => z.array(z.number()).parse(json),
      now: () => clock.now,
      log: logTo(lines),
      ...overrides,
    })
    onTestFinished(store.close)
    return store
  }
  return { file, clock, lines, open }
}

const pageOf = (text: string) => ({
  page: {
    status: 200,
    contentType: 'text/html',
    lastModifiedAt: '2026-06-01T00:00:01.000Z',
    etag: text,
    body: Buffer.from(text),
  },
  answers: [1, 2],
})

/** Some 4 KB that hardly compress. */
const noise = (seed: number) =>
  Array.from({ length: 48 }, (_, at) => hash('sha512', `${seed} ${at}`, 'base64')).join('')

it('finds a page again after a restart, as it was', async () => {
  const { open } = await openFolder()
  const first = open()
  first.write('/en/a', pageOf('text'))
  first.close()
  expect(open().find('/en/a')).toEqual(pageOf('text'))
})

it('shares pages between servers of one build and address, and with no other', async () => {
  const { open } = await openFolder()
  const [one, two, other] = [open(), open(), open({ namespace: 'build-2' })]
  one.write('/en/a', pageOf('text'))
  expect(two.find('/en/a')?.page.etag).toBe('text')
  expect(other.find('/en/a')).toBeUndefined()
})

it('lets pages of another build go when nobody has asked for them for an hour', async () => {
  const { open, clock } = await openFolder()
  const old = open()
  old.write('/en/a', pageOf('text'))
  old.close()
  clock.now = new Date('2026-06-01T02:00:00Z')
  expect(open({ namespace: 'build-2' }).byteLength()).toBe(0)
})

it('stays within its room, letting the longest unused go', async () => {
  const { open, clock } = await openFolder()
  const store = open({ maxBytes: 200_000 })
  for (let number = 1; number <= 200; number += 1) {
    clock.now = new Date(clock.now.getTime() + 60_000)
    store.write(`/en/${number}`, pageOf(noise(number)))
    expect(store.byteLength()).toBeLessThanOrEqual(220_000)
  }
  expect(store.find('/en/200')).toBeDefined()
  expect(store.find('/en/1')).toBeUndefined()
})

it('begins again when the file is garbage', async () => {
  const { file, open } = await openFolder()
  await writeFile(file, 'not a database at all, but long enough to be looked at'.repeat(100))
  const store = open()
  store.write('/en/a', pageOf('text'))
  expect(store.find('/en/a')?.page.body.toString()).toBe('text')
})

it('finds nothing and goes on when another process holds the file, and says so once', async () => {
  const { file, open, lines, clock } = await openFolder()
  const store = open()
  const holder = new DatabaseSync(file)
  holder.exec('BEGIN EXCLUSIVE')
  store.write('/en/a', pageOf('text'))
  store.write('/en/b', pageOf('text'))
  expect(lines).toHaveLength(1)
  holder.exec('ROLLBACK')
  holder.close()
  clock.now = new Date(clock.now.getTime() + 60_000)
  store.write('/en/a', pageOf('text'))
  expect(store.find('/en/a')).toBeDefined()
})
