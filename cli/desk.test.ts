import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { syncArticles } from '#lib/content-sync/sync.ts'
import { runCommandLine } from './dateline.ts'

const path = 'articles/en/2026/11/oslo-wins.md'
const draft = `---
title: "Oslo wins"
publishedAt: 2026-11-01T09:00:00Z   # as announced
category: MARKETS
draft: true
draftReason: The name “Oslo” is not in the story. The number “7” is not in the story.
---
Oslo has won 7 to 1.
`

/** Runs in this process: the settings are read once, so this file has one test of a whole day. */
async function desk(...parameters: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runCommandLine(['desk', ...parameters], {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  })
  return { code, out: out.join(''), err: err.join('') }
}

it('shows, rejects, approves, compares and restores an article from the shell', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-desk-command-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [contentDir, dataDir] = [join(folder, 'content'), join(folder, 'data')]
  vi.stubEnv('CONTENT_DIR', contentDir)
  vi.stubEnv('DATA_DIR', dataDir)
  const file = join(contentDir, path)
  const read = () => readFile(file, 'utf8')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, draft)

  const early = await desk('list')
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('start the site once')])
  await utimes(file, 0, 0)
  const index = openArticleIndex({ dataDir })
  await syncArticles(index, { contentDir })
  index.close()
  const { out: needs } = await desk('list')
  expect(needs).toBe(
    `held: 1\n  2026-11-01T09:00  ${path}\n      The name “Oslo” is not in the story.\n      The number “7” is not in the story.\n`,
  )
  expect(JSON.parse((await desk('list', '--json')).out)).toMatchObject({ held: { count: 1 } })
  expect((await desk('list', '--text', 'bergen')).out).toBe('No article.\n')
  const { out: found } = await desk('list', '--state', 'draft', '--text', 'won', '--json')
  expect(JSON.parse(found)).toMatchObject({ articleCount: 1, articles: [{ path, state: 'draft' }] })
  expect((await desk('list', '--state', 'lost')).code).toBe(2)

  const { out: shown } = await desk('show', 'oslo-wins')
  expect(shown).toContain('- The name “Oslo” is not in the story.')
  expect(shown).toContain('⟦Oslo⟧ has won ⟦7⟧ to 1.')
  const { digest } = JSON.parse((await desk('show', path, '--json')).out).file
  expect(await desk('reject', path, '--reason', ' ')).toMatchObject({ code: 2 })
  await desk('reject', path, '--reason', 'Not yet', '--by', 'Ivan')
  const refused = await desk('approve', path, '--by', 'Olha')
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('withdrawn or rejected')])
  expect(await runCommandLine(['withdraw', path, '--undo'], { out() {}, err() {} })).toBe(0)
  const stale = await desk('approve', path, '--by', 'Olha', '--digest', digest)
  expect([stale.code, stale.err]).toEqual([1, expect.stringContaining('has changed meanwhile')])
  const approved = await desk('approve', path, '--by', 'Olha', '--json')
  expect(JSON.parse(approved.out)).toMatchObject({ file: path, state: 'published' })
  expect(await read()).toContain('review:\n  by: Olha\n')

  const { revisions, diff } = JSON.parse((await desk('diff', path, '--json')).out)
  expect(revisions.map(({ by }: { by: string }) => by)).toMatchObject(['Olha', {}, 'Ivan', ''])
  expect(diff).toContain('- draft: true')
  const first = String(revisions.at(-1).id)
  expect(await desk('diff', path, 'x')).toMatchObject({ code: 2 })
  expect(await desk('restore', path, '9999')).toMatchObject({ code: 1 })
  await rm(file)
  expect(await desk('restore', path, first, '--by', 'Olha')).toMatchObject({ code: 0 })
  expect(await read()).toBe(draft)
})

it.each(['list', 'show', 'approve', 'reject', 'diff', 'restore'])(
  'desk %s explains itself, with examples, and names itself in complaints',
  async (name) => {
    const help = await desk(name, '--help')
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out).toContain(`Usage: dateline desk ${name}`)
    expect(help.out).toContain(`\nExamples:\n  $ npx dateline desk ${name}`)
    const wrong = await desk(name, '--froce')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain(`See: dateline desk ${name} --help`)
  },
)
