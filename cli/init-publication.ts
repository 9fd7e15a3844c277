import { chmod, mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { codeOf } from '#lib/node/describe-error.ts'
import { readSite } from '#lib/site/read-site.ts'
import { type Report, typedFrom, UsageError } from './command.ts'

/**
 * `dateline init`: the folder of a publication with a configuration, no sources and one article. The
 * folder may be there when it is empty. It is made beside its place and moved there when it is
 * complete and its configuration has been read.
 */
export async function initPublication(
  folder: string,
  { name, languages }: { name: string; languages: string[] },
  now = new Date(),
): Promise<Report> {
  const dir = resolve(typedFrom(), folder)
  if (await isInUse(dir)) throw new UsageError(`${dir} is there already and is not empty.`)
  await mkdir(dirname(dir), { recursive: true })
  const draft = await mkdtemp(join(dirname(dir), '.dateline-init-'))
  const files = listFiles(name, languages, now)
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(draft, path)), { recursive: true })
      await writeFile(join(draft, path), text)
    }
    readSite(draft)
    // Only when it is empty.
    await rmdir(dir).catch(ignoreMissing)
    await chmod(draft, 0o755)
    await rename(draft, dir)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
  const next = `npx dateline start --paper ${folder}`
  return {
    text: `${dir} holds ${name}: ${Object.keys(files).join(', ')}\nNext: ${next}`,
    json: { folder: dir, files: Object.keys(files), next },
  }
}

/** Also when it is a file. */
async function isInUse(dir: string): Promise<boolean> {
  try {
    return (await readdir(dir)).length > 0
  } catch (error) {
    return !isMissing(error)
  }
}

const isMissing = (error: unknown) => codeOf(error) === 'ENOENT'

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}

/** The section of the written configuration in which the first article stands. */
const firstSection = { key: 'NEWS', names: 'News' }

function listFiles(name: string, languages: string[], now: Date): Record<string, string> {
  const [language = 'en'] = languages
  const today = now.toISOString()
  const [year, month] = today.split('-')
  const quote = (value: unknown) => JSON.stringify(value)
  return {
    'site.config.ts': `import { defineSite } from 'dateline/site'

/** Each setting is explained in lib/site/site-config.ts of the engine; what is left out has a default. */
export default defineSite({
  name: ${quote(name)},
  tagline: 'A few words that stand under the name',
  description: ${quote(`${name} reports the news.`)},
  foundedAt: ${quote(today.slice(0, 10))},
  languages: ${quote(languages)},
  defaultLanguage: ${quote(language)},

  // In the order of the menu. Articles name them by their key.
  sections: [{ key: '${firstSection.key}', names: '${firstSection.names}' }],
})
`,
    'ingest.config.ts': `import { defineIngest } from 'dateline/ingest'

/** Where stories come from: docs/where-stories-come-from.md of the engine. */
export default defineIngest({
  sources: [
    // { kind: 'feed', key: 'wire', name: 'Wire', url: 'https://wire.example/feed.xml' },
  ],
})
`,
    [`content/articles/${language}/${year}/${month}/welcome.md`]: `---
title: ${quote(`Welcome to ${name}`)}
description: The first article, to be written over.
publishedAt: '${today}'
category: ${firstSection.key}
---
This is the first article. Change it, or add another file beside it: it is on the site within a second.
`,
    '.gitignore': '.data/\n.env*\n.ingest.lock\n.ingest/spending/\n',
  }
}
