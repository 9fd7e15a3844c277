import { resolve } from 'node:path'
import { checkContent } from '#lib/content/check-content.ts'
import { formatProblem } from '#lib/content/problem.ts'
import { siteEnv } from '#lib/site/env.ts'
import { countOf, type Report, typedFrom } from './command.ts'

/** `dateline check`: every problem of every article below a folder. Exit code 1 with errors. */
export async function check(
  folder: string | undefined,
  { fix = false }: { fix?: boolean },
): Promise<Report> {
  const contentDir = folder === undefined ? siteEnv().contentDir : resolve(typedFrom(), folder)
  const publicDir = resolve(import.meta.dirname, '../public')
  const { files, mended, problems } = await checkContent(contentDir, { publicDir, fix })
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  return {
    text: [
      ...mended.map((path) => `${path} mended`),
      ...problems.map((problem) => `${problem.severity} ${formatProblem(problem)}`),
      `${countOf(files, 'file')}, ${countOf(errors, 'error')}, ${countOf(warnings, 'warning')}, ${mended.length} mended`,
    ].join('\n'),
    json: { files, errors, warnings, mended, problems },
    exitCode: errors > 0 ? 1 : 0,
  }
}
