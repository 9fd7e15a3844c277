import { resolve } from 'node:path'
import { siteEnv } from '#lib/site/env.ts'
import { countOf, type Report, typedFrom, UsageError } from './command.ts'

/**
 * `dateline pull`: rebuilds the content folder, or another one, from the database of a fleet. Exit code
 * 1 when a file that differs was left as it is, or one could not be written.
 */
export async function pullFrom(
  folder: string | undefined,
  { overwrite = false }: { overwrite?: boolean },
): Promise<Report> {
  const { databaseUrl, contentDir } = siteEnv()
  if (databaseUrl === undefined) {
    throw new UsageError(
      'DATABASE_URL is not set: it names the database that the content is read from.',
    )
  }
  const { pullContent } = await import('#lib/replication/pull-content.ts')
  const target = folder === undefined ? contentDir : resolve(typedFrom(), folder)
  const report = await pullContent({ databaseUrl, folder: target, overwrite })
  const { revision, written, unchanged, overwritten, kept, failed } = report
  return {
    text: [
      ...failed.map(({ path, reason }) => `${path} is not written: ${reason}`),
      ...kept.map((path) => `${path} is another one here and was left as it is (--overwrite).`),
      `${target}: ${countOf(written, 'file')} written, ${overwritten} written over, ${kept.length} left, ${unchanged} the same, at revision ${revision}`,
    ].join('\n'),
    json: { folder: target, ...report },
    exitCode: kept.length + failed.length > 0 ? 1 : 0,
  }
}
