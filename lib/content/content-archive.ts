import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { writeWhole } from '#lib/node/write-whole.ts'
import { articlePath } from '#lib/site/routes.ts'
import { parseArticleInWorker } from './parse-article-in-worker.ts'
import { formatProblem, InvalidArticleError } from './problem.ts'
import { contentKindOf, redirectsFile } from './read-content-folder.ts'
import { parseRedirects } from './redirects.ts'

/** By which an import knows a folder that an export wrote. */
const archiveMark = 'dateline-export'
const articlesFile = 'articles.json'

export type ArchiveReport = {
  files: number
  articles: number
  /** Articles that cannot be read: their files are there, `articles.json` lacks them. */
  unreadable: { file: string; reason: string }[]
  /** Symbolic links and the like: a phrase for each. */
  leftOut: string[]
}

/**
 * Copies a content folder into an empty folder, each file byte for byte, and writes `articles.json`
 * beside them: every article as the site understands it, with its address, file and Markdown body.
 * Names that begin with a dot and symbolic links are not copied; the latter are named.
 */
export async function writeArchive(contentDir: string, target: string): Promise<ArchiveReport> {
  const report: ArchiveReport = { files: 0, articles: 0, unreadable: [], leftOut: [] }
  await mkdir(target, { recursive: true })
  const list = createWriteStream(join(target, articlesFile), { flags: 'wx' })
  const write = async (text: string) => {
    if (!list.write(text)) await once(list, 'drain')
  }
  try {
    await write(`{"format":"${archiveMark}","version":1,"articles":[`)
    for await (const path of walk(contentDir, '', report)) {
      const to = join(target, path)
      await mkdir(dirname(to), { recursive: true })
      await copyFile(join(contentDir, path), to)
      report.files += 1
      if (contentKindOf(path) !== 'article') continue
      try {
        const bytes = await readFile(join(contentDir, path))
        const { article } = await parseArticleInWorker({ path, bytes })
        const address = articlePath(article.locale, article.slug)
        const entry = JSON.stringify({ file: path, address, ...article })
        await write(`${report.articles === 0 ? '' : ','}\n${entry}`)
        report.articles += 1
      } catch (error) {
        if (!(error instanceof InvalidArticleError)) throw error
        const reason = error.problems.map(formatProblem).join('; ')
        report.unreadable.push({ file: path, reason })
      }
    }
    await write('\n]}\n')
    list.end()
    await finished(list)
  } catch (error) {
    list.destroy()
    // What is there without its list could be taken for the whole.
    await rm(join(target, articlesFile), { force: true })
    throw error
  }
  return report
}

async function* walk(
  contentDir: string,
  folder: string,
  report: ArchiveReport,
  passedOver: string[] = [],
): AsyncGenerator<string> {
  const entries = await readdir(join(contentDir, folder), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || passedOver.includes(path))
      continue
    if (entry.isDirectory()) yield* walk(contentDir, path, report, passedOver)
    else if (path === articlesFile)
      report.leftOut.push(`${path}: the export has a list of this name`)
    else if (entry.isFile()) yield path
    else report.leftOut.push(`${path}: no regular file`)
  }
}

/** Whether `writeArchive` wrote this folder. */
export async function isArchive(folder: string): Promise<boolean> {
  const handle = await open(join(folder, articlesFile)).catch(() => undefined)
  if (!handle) return false
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0)
    return buffer.toString('utf8', 0, bytesRead).startsWith(`{"format":"${archiveMark}"`)
  } finally {
    await handle.close()
  }
}

export type RestoreReport = {
  /** Paths relative to the content folder. */
  written: string[]
  unchanged: string[]
  /** Files that are there with another content, and stay. */
  kept: string[]
  leftOut: string[]
}

/**
 * The inverse of `writeArchive`: copies an archive's files into a content folder, byte for byte. A file
 * that is there with another content stays, unless `overwrites`; redirects are added to those there.
 */
export async function restoreArchive(
  folder: string,
  contentDir: string,
  { isDryRun, overwrites }: { isDryRun: boolean; overwrites: boolean },
): Promise<RestoreReport> {
  const report: RestoreReport = { written: [], unchanged: [], kept: [], leftOut: [] }
  const archive = { files: 0, articles: 0, unreadable: [], leftOut: report.leftOut }
  for await (const path of walk(folder, '', archive, [articlesFile])) {
    const bytes = await readFile(join(folder, path))
    const there = await readFile(join(contentDir, path)).catch(() => undefined)
    const wanted =
      path === redirectsFile && there && !overwrites ? addRedirects(there, bytes) : bytes
    if (there?.equals(wanted)) report.unchanged.push(path)
    else if (there && wanted === bytes && !overwrites) report.kept.push(path)
    else {
      report.written.push(path)
      if (!isDryRun) await writeWhole(join(contentDir, path), wanted)
    }
  }
  return report
}

/** The lines that are there, and behind them those for addresses that they do not name. */
function addRedirects(there: Buffer, more: Buffer): Buffer {
  const parse = (bytes: Buffer) => parseRedirects({ path: redirectsFile, bytes }).redirects
  const known = new Set(parse(there).map(({ from }) => from))
  const lines = more.toString('utf8').split('\n')
  const added = parse(more).flatMap(({ from, line }) => (known.has(from) ? [] : [lines[line - 1]]))
  if (added.length === 0) return there
  const text = there.toString('utf8')
  return Buffer.from(`${text}${text.endsWith('\n') ? '' : '\n'}${added.join('\n')}\n`)
}
