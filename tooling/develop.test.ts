import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { isReadAtStart, isReadOfPaper, runAndRestart } from './develop.ts'

it.each([
  ['lib/i18n/messages/uk.ts', true],
  ['server/routes.ts', true],
  ['components/layout/page/page.browser.ts', true],
  ['site.config.ts', true],
  ['.env.local', true],
  ['lib/i18n/format.test.ts', false],
  ['components/article/article.css', false],
  ['components/article/article-view.tsx', false],
  ['README.md', false],
])('starts the server again for %s: %s', (path, answer) => {
  expect(isReadAtStart(path)).toBe(answer)
})

it('runs the program again when a file has changed that it reads at start, also of a publication elsewhere', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-develop-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'lib'))
  const paper = join(folder, 'paper')
  mkdirSync(join(paper, 'content'), { recursive: true })
  writeFileSync(join(folder, 'lib/word.ts'), 'one')
  writeFileSync(
    join(folder, 'program.mjs'),
    `import { appendFileSync, readFileSync } from 'node:fs'
     appendFileSync('log', readFileSync('lib/word.ts', 'utf8') + ' ')
     process.on('SIGTERM', () => process.exit(0))
     setInterval(() => {}, 1000)`,
  )
  const said: string[] = []
  const ended = runAndRestart(['program.mjs'], {
    folder,
    watched: [
      { folder, watchedFolders: ['lib'], isReadAtStart: (path) => path === 'lib/word.ts' },
      { folder: paper, watchedFolders: [], isReadAtStart: isReadOfPaper },
    ],
    say: (line) => void said.push(line),
  })
  const seen = () => readFileSync(join(folder, 'log'), 'utf8')
  await vi.waitFor(() => expect(seen()).toBe('one '), { timeout: 20_000 })
  writeFileSync(join(folder, 'lib/other.ts'), 'not read')
  writeFileSync(join(folder, 'lib/word.ts'), 'two')
  await vi.waitFor(() => expect(seen()).toBe('one two '), { timeout: 20_000 })
  writeFileSync(join(paper, 'article.md'), 'not read')
  writeFileSync(join(paper, 'site.config.ts'), 'of a publication elsewhere')
  await vi.waitFor(() => expect(seen()).toBe('one two two '), { timeout: 20_000 })
  expect(said).toEqual([
    'lib/word.ts has changed: starting again.',
    'site.config.ts has changed: starting again.',
  ])
  process.emit('SIGTERM', 'SIGTERM')
  expect(await ended).toBe(0)
}, 60_000)
