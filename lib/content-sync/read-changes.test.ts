import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { maxFileBytes } from '#lib/content/encoding/decode-text.ts'
import type { Look, LookedFor } from './file-look.ts'
import { readChanges } from './read-changes.ts'

vi.setConfig({ testTimeout: 60_000 })

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
  const read = async (known: LookedFor[]): Promise<Look[]> => {
    const looks: Look[] = []
    for await (const some of readChanges(contentDir, known)) {
      looks.push(...some.map(({ look }) => look))
    }
    return looks
  }
  return { read }
}

const toChange = (look: Look | undefined) => {
  if (typeof look !== 'object') throw new Error(`no change but ${look}`)
  return look.change
}

const unknown = (path: string): LookedFor => ({ path, known: undefined })

it('names a file that takes too long, and reads those beside it', async () => {
  const names = Array.from({ length: 70 }, (_, i) => `${String(i).padStart(2, '0')}.md`)
  const files = Object.fromEntries(names.map((name) => [name, fileOf('Text.')]))
  const { read } = await open({ ...files, '40.md': slow })
  const changes = (await read(names.map(unknown))).map(toChange)
  expect(changes).toHaveLength(70)
  expect(changes.filter(({ kind }) => kind === 'article')).toHaveLength(69)
  expect(changes[40]).toMatchObject({
    kind: 'invalid',
    problems: [
      {
        file: '40.md',
        severity: 'error',
        found: 'a text that takes longer than 1 s to read',
        expected: 'a file that can be read as an article',
      },
    ],
  })
})

it('tries a file that took too long three times, and then when it has changed', async () => {
  const { read } = await open({ 'a.md': slow })
  const fingerprints: string[] = []
  let look: LookedFor = unknown('a.md')
  for (let tries = 0; tries < 3; tries += 1) {
    const change = toChange((await read([look]))[0])
    if (change.kind !== 'invalid') throw new Error(`it was ${change.kind}`)
    fingerprints.push(change.file.fingerprint)
    look = { path: 'a.md', known: change.file }
  }
  expect(fingerprints).toEqual(['', '', expect.stringMatching(/^\d+ /)])
  // The same file is known by its fingerprint from now on.
  expect(await read([look])).toEqual(['unchanged'])
})
