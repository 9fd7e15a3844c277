import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { maxFileBytes } from '#lib/content/read-content-folder.ts'
import { readChange } from './read-change.ts'
import { readChanges, readLargeChanges } from './read-changes.ts'
import type { FileToRead, ReadOutcome } from './read-outcome.ts'

const fileOf = (body: string) =>
  `---\ntitle: A\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: MARKETS\n---\n${body}\n`

/** Five megabytes whose encoding was broken twice: some seconds of work. */
const slow = fileOf('Ð¿Ñ€'.repeat(Math.floor(maxFileBytes / 9) - 100))

async function open(files: Record<string, string>) {
  const contentDir = await mkdtemp(join(tmpdir(), 'dateline-read-'))
  onTestFinished(() => rm(contentDir, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    await writeFile(join(contentDir, path), text)
    await utimes(join(contentDir, path), new Date(0), new Date(0))
  }
  const read = async (known: FileToRead[]): Promise<ReadOutcome[]> => {
    const looks: ReadOutcome[] = []
    for await (const some of readChanges(contentDir, known)) {
      looks.push(...some.map(({ look }) => look))
    }
    return looks
  }
  const readLarge = async (known: FileToRead[]): Promise<ReadOutcome[]> => {
    const looks: ReadOutcome[] = []
    for await (const { look } of readLargeChanges(contentDir, known)) looks.push(look)
    return looks
  }
  return { contentDir, read, readLarge }
}

const toChange = (look: ReadOutcome | undefined) => {
  if (typeof look !== 'object') throw new Error(`no change but ${look}`)
  return look.change
}

const unknown = (path: string): FileToRead => ({ path, known: undefined })

it('names a large file that takes too long, after all others were read', async () => {
  const names = Array.from({ length: 70 }, (_, i) => `${String(i).padStart(2, '0')}.md`)
  const files = Object.fromEntries(names.map((name) => [name, fileOf('Text.')]))
  const large = fileOf('Text. '.repeat(100_000))
  const { read, readLarge } = await open({ ...files, '40.md': slow, '50.md': large })
  const looks = await read(names.map(unknown))
  expect(looks).toHaveLength(70)
  expect([looks[40], looks[50]]).toEqual(['large', 'large'])
  const others = looks.filter((look) => look !== 'large').map(toChange)
  expect(others.map(({ kind }) => kind)).toEqual(Array.from({ length: 68 }, () => 'article'))

  const [first, second] = (await readLarge([unknown('40.md'), unknown('50.md')])).map(toChange)
  expect(first).toMatchObject({
    kind: 'invalid',
    problems: [
      {
        file: '40.md',
        severity: 'error',
        found: 'a text that takes longer than 1 s of CPU time to read',
        expected: 'a file that can be read',
      },
    ],
  })
  expect(second?.kind).toBe('article')
})

it('reads files one by one that take too long together', async () => {
  const names = Array.from({ length: 32 }, (_, i) => `${i}.md`)
  // Each some hundredths of a second, together more than one.
  const text = fileOf('Ð¿Ñ€'.repeat(6000))
  const { read } = await open(Object.fromEntries(names.map((name) => [name, text])))
  const changes = (await read(names.map(unknown))).map(toChange)
  expect(changes.map(({ kind }) => kind)).toEqual(names.map(() => 'article'))
})

it('tries a file that took too long three times, and then when it has changed', async () => {
  const { read, readLarge } = await open({ 'a.md': slow })
  const fingerprints: string[] = []
  let look: FileToRead = unknown('a.md')
  for (let tries = 0; tries < 3; tries += 1) {
    const change = toChange((await readLarge([look]))[0])
    if (change.kind !== 'invalid') throw new Error(`it was ${change.kind}`)
    fingerprints.push(change.file.fingerprint)
    look = { path: 'a.md', known: change.file }
  }
  expect(fingerprints).toEqual(['', '', expect.stringMatching(/^\d+ /)])
  // The same file is known by its fingerprint from now on.
  expect(await read([look])).toEqual(['unchanged'])
})

it('reads a live story again when its next update is due, and not before', async () => {
  const live = fileOf('## 10:00 Past\n\n## 13:00 Future').replace('title', 'kind: live\ntitle')
  const { contentDir } = await open({ 'a.md': live })
  const look = (known: FileToRead['known'], at: string) =>
    readChange(contentDir, { path: 'a.md', known }, { now: new Date(`2026-01-01T${at}Z`) })
  const wordsOf = (outcome: ReadOutcome) => {
    const change = toChange(outcome)
    return change.kind === 'article' ? change.article.words.join() : change.kind
  }
  const fileIn = (outcome: ReadOutcome) => {
    const change = toChange(outcome)
    return change.kind === 'gone' ? undefined : change.file
  }
  const early = await look(undefined, '12:59:59')
  expect(wordsOf(early)).not.toContain('Future')
  expect(await look(fileIn(early), '12:59:59')).toBe('unchanged')
  const due = await look(fileIn(early), '13:00:00')
  expect(wordsOf(due)).toContain('Future')
  expect(await look(fileIn(due), '14:00:00')).toBe('unchanged')
})

it('does not wait for a file that was moved into place after it was written', async () => {
  const { contentDir } = await open({ 'a.md': fileOf('Text.'), 'empty.md': '' })
  /** As if it were moved so many ms after it was written, which is just now. */
  async function look(path: string, after?: number) {
    const writtenAt = Date.now() + 900
    await utimes(join(contentDir, path), new Date(writtenAt), new Date(writtenAt))
    const movedAt = after === undefined ? undefined : writtenAt + after
    return await readChange(contentDir, { path, known: undefined, movedAt })
  }
  expect(await look('a.md')).toBe('unsettled')
  expect(await look('a.md', -1)).toBe('unsettled')
  expect(await look('empty.md', 0)).toBe('unsettled')
  expect(toChange(await look('a.md', 0)).kind).toBe('article')
})
