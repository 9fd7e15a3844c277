import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { articlePath } from '#lib/site/routes.ts'
import { parseArticleInWorker } from './parse-article-in-worker.ts'
import { formatProblem, InvalidArticleError } from './problem.ts'
import { contentKindOf } from './read-content-folder.ts'

/** By which an import knows a folder that an export wrote. */
export const exportMark = 'dateline-export'
export const exportedArticles = 'articles.json'

export type ExportReport = {
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
export async function exportContent(contentDir: string, target: string): Promise<ExportReport> {
  const report: ExportReport = { files: 0, articles: 0, unreadable: [], leftOut: [] }
  await mkdir(target, { recursive: true })
  const list = createWriteStream(join(target, exportedArticles), { flags: 'wx' })
  const write = async (text: string) => {
    if (!list.write(text)) await once(list, 'drain')
  }
  try {
    await write(`{"format":"${exportMark}","version":1,"articles":[`)
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
    await rm(join(target, exportedArticles), { force: true })
    throw error
  }
  return report
}

async function* walk(
  contentDir: string,
  folder: string,
  report: ExportReport,
): AsyncGenerator<string> {
  const entries = await readdir(join(contentDir, folder), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory()) yield* walk(contentDir, path, report)
    else if (path === exportedArticles)
      report.leftOut.push(`${path}: the export has a list of this name`)
    else if (entry.isFile()) yield path
    else report.leftOut.push(`${path}: no regular file`)
  }
}

/** Whether `exportContent` wrote this folder. */
export async function isExport(folder: string): Promise<boolean> {
  const file = join(folder, exportedArticles)
  const info = await stat(file).catch(() => undefined)
  if (!info?.isFile()) return false
  const handle = await import('node:fs/promises').then(({ open }) => open(file))
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0)
    return buffer.toString('utf8', 0, bytesRead).startsWith(`{"format":"${exportMark}"`)
  } finally {
    await handle.close()
  }
}
