import '#lib/site/load-site.ts'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type ContentReport, checkContent } from '#lib/content/check-content.ts'
import { formatProblem } from '#lib/content/problem.ts'
import { siteEnv } from '#lib/site/env.ts'

const usage = `Usage: npm run content:check [-- --fix] [--json] [folder]

Checks every article below the folder (CONTENT_DIR, else content) and prints all that is wrong.
  --fix   mends broken encodings in the files themselves
  --json  prints { files, errors, warnings, mended, problems }
Exit code: 0 when there are at most warnings, 1 with errors, 2 when it cannot check at all.`

process.exitCode = await run(process.argv.slice(2))

async function run(parameters: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: parameters,
      options: {
        fix: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    if (positionals.length > 1) throw new Error('One folder at a time, please.')
    const contentDir = resolve(positionals[0] ?? siteEnv().contentDir)
    const publicDir = resolve(import.meta.dirname, '../public')
    return report(await checkContent(contentDir, { publicDir, fix: values.fix }), values.json)
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`)
    return 2
  }
}

function report({ files, mended, problems }: ContentReport, asJson: boolean): number {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  if (asJson) {
    console.log(JSON.stringify({ files, errors, warnings, mended, problems }))
  } else {
    for (const path of mended) console.log(`${path} mended`)
    for (const problem of problems) console.log(`${problem.severity} ${formatProblem(problem)}`)
    console.log(`${files} files, ${errors} errors, ${warnings} warnings, ${mended.length} mended`)
  }
  return errors > 0 ? 1 : 0
}
