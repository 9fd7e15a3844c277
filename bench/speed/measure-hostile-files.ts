import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { startContentSync } from '#lib/content-sync/start-content-sync.ts'
import { silentLog } from '#lib/node/log.ts'
import { type Measurement, median, percentile } from './measurement.ts'

const runs = 5
const megabytes = (text: string, count: number) =>
  text.repeat(Math.floor((count * 1024 * 1024) / Buffer.byteLength(text)))

const frontMatter = "title: A\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: MARKETS\n"
const fileOf = (body: string, more = '') => `---\n${frontMatter}${more}---\n${body}\n`

/** Files of up to 5 MB that take long to read, each in another part of reading. */
const hostileFiles: Record<string, string> = {
  'an encoding broken twice, 4.9 MB': fileOf(megabytes('Ð¿Ñ€', 4.9)),
  'lost characters, 4.9 MB': fileOf(megabytes('ï¿½', 4.9)),
  'control characters, 4.9 MB': fileOf(megabytes('\u0001a\n', 4.9)),
  'document ends, 1.9 MB': fileOf(megabytes('\n...', 1.9)),
  'brackets, 1.9 MB': fileOf(megabytes('[a](', 1.9)),
  'comments, 1.9 MB': fileOf(megabytes('<!--', 1.9)),
  'braces in the front matter, 60 KB': fileOf(
    'Text.',
    `description: ${'{'.repeat(60_000)}\n  \u0001\n`,
  ),
  'lines in the front matter, 60 KB': fileOf('Text.', '"\n'.repeat(30_000)),
}

/**
 * How much later an ordinary article is served that is saved right after a hostile file, or with five
 * of them, than one that is saved alone.
 */
export async function measureHostileFiles(folder: string): Promise<Measurement[]> {
  const contentDir = join(folder, 'hostile-content')
  const dataDir = join(folder, 'hostile-data')
  await mkdir(contentDir, { recursive: true })
  const index = openArticleIndex({ dataDir, readOnly: true })
  const sync = await startContentSync({ dataDir, contentDir, log: silentLog })
  let saved = 0

  /** Whole at once, and at rest: what is young is looked at a second time. */
  async function save(path: string, text: string): Promise<void> {
    await writeFile(join(contentDir, `${path}.tmp`), text)
    await utimes(join(contentDir, `${path}.tmp`), new Date(0), new Date(0))
    await rename(join(contentDir, `${path}.tmp`), join(contentDir, path))
  }

  async function measure(hostile: string[]): Promise<number> {
    saved += 1
    const slug = `good-${saved}`
    await Promise.all(hostile.map((text, at) => save(`bad-${saved}-${at}.md`, text)))
    const startedAt = performance.now()
    await save(`${slug}.md`, fileOf('Text.'))
    while (!index.findArticle('en', slug)) await wait(5)
    const taken = performance.now() - startedAt
    // Until everything of this run was read, so that nothing of it delays the next.
    await sync.syncNow()
    await Promise.all(hostile.map((_, at) => rm(join(contentDir, `bad-${saved}-${at}.md`))))
    await sync.syncNow()
    return taken
  }

  try {
    await measure([])
    const alone: number[] = []
    for (let run = 0; run < runs; run += 1) alone.push(await measure([]))
    const usual = median(alone)
    const found: Measurement[] = [
      { section: 'hostile', name: 'saved alone, then served', value: usual, unit: 'ms' },
    ]
    const all = Object.entries(hostileFiles)
    const cases = [
      ...all.map(([name, text]) => ({ name, files: [text] })),
      { name: 'five of them at once', files: all.slice(0, 5).map(([, text]) => text) },
    ]
    for (const { name, files } of cases) {
      const taken: number[] = []
      for (let run = 0; run < runs; run += 1) taken.push(await measure(files))
      const value = Math.max(0, percentile(taken, 1) - usual)
      found.push({ section: 'hostile', name: `later, beside ${name}`, value, unit: 'ms' })
    }
    return found
  } finally {
    sync.stop()
    index.close()
  }
}
