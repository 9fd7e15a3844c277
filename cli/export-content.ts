import { readdir } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { writeArchive } from '#lib/content/content-archive.ts'
import { siteEnv } from '#lib/site/env.ts'
import { countOf, type Report, typedFrom, UsageError } from './command.ts'

/** `dateline export`: the content folder as an archive that other tools can read. */
export async function exportTo(folder: string): Promise<Report> {
  const { contentDir } = siteEnv()
  const target = resolve(typedFrom(), folder)
  if (`${target}${sep}`.startsWith(`${contentDir}${sep}`)) {
    throw new UsageError('The export cannot be written into the content folder.')
  }
  const there = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new UsageError(`${target} is no folder.`)
  })
  if (there.length > 0) throw new UsageError(`${target} is there already and is not empty.`)
  const { files, articles, unreadable, leftOut } = await writeArchive(contentDir, target)
  return {
    text: [
      ...unreadable.map(
        ({ file, reason }) => `${file} is copied, but not in articles.json: ${reason}`,
      ),
      ...leftOut,
      `${target}: ${countOf(files, 'file')}, ${countOf(articles, 'article')} in articles.json`,
    ].join('\n'),
    json: { folder: target, files, articles, unreadable, leftOut },
    exitCode: unreadable.length + leftOut.length > 0 ? 1 : 0,
  }
}
