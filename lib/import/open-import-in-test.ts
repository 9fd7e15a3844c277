import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { onTestFinished } from 'vitest'
import { parseContentFile } from '#lib/content/parse-content-file.ts'
import { type ImportOptions, importContent, openConverter } from './import-content.ts'
import type { ImportSource, Loss } from './imported-post.ts'
import { openMarkdownFolder } from './read-markdown-folder.ts'

/** For all files of tests: an idle thread keeps no process running. */
const converter = openConverter()

export const now = new Date('2026-11-30T12:00:00Z')
/** A picture of 4 × 3 pixels. */
export const png = await sharp({ create: { width: 4, height: 3, channels: 3, background: 'red' } })
  .png()
  .toBuffer()

/** A folder with the given files, and an empty content folder; both are gone when the test is over. */
export function openImport(files: Record<string, string | Uint8Array>) {
  const root = mkdtempSync(join(tmpdir(), 'dateline-import-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const contentDir = join(root, 'content')
  mkdirSync(contentDir)
  const put = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const [path, content] of Object.entries(files)) put(path, content)
  return {
    root,
    contentDir,
    put,
    read: (path: string) => readFileSync(join(contentDir, path), 'utf8'),
    list: () =>
      readdirSync(contentDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(contentDir.length + 1))
        .sort(),
    import: (source: ImportSource, more: Partial<ImportOptions> = {}) =>
      importContent(source, {
        contentDir,
        converter,
        pictureRoots: [root],
        categories: new Map(),
        sites: [],
        isDryRun: false,
        overwrites: false,
        ...more,
      }),
    folder: (name: string, oldAddresses?: string) =>
      openMarkdownFolder(join(root, name), { now, ...(oldAddresses ? { oldAddresses } : {}) }),
  }
}

/** A loss in one line. */
export const say = ({ severity, file, line, field, outcome }: Loss) =>
  `${severity} ${file}:${line} ${field} ${outcome}`

/** What the site says of every file that was written. */
export async function problemsOf({
  contentDir,
  list,
}: {
  contentDir: string
  list: () => string[]
}) {
  const problems = await Promise.all(
    list().map(async (path) => {
      const file = await parseContentFile({ path, bytes: readFileSync(join(contentDir, path)) })
      return file.kind === 'article' ? file.warnings : file.problems
    }),
  )
  return problems.flat().map(({ file, field, found }) => `${file} ${field} ${found}`)
}
