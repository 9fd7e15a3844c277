import { parseArgs } from 'node:util'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { formatProblem } from '#lib/content/problem.ts'
import { syncArticles, syncPaths } from '#lib/content-sync/sync.ts'
import { type SiteEnv, siteEnv } from '#lib/site/env.ts'
import { type PublishReport, publish } from '#server/endpoints/publish/publish-report.ts'
import { requestPublish } from '#server/endpoints/publish/request-publish.ts'
import { toContentPath } from './to-content-path.ts'

const usage = `Usage: npm run publish [-- [--json] [file …]]

Brings the site up to date with the content folder: the files named, or all of them. With SITE_URL and
PUBLISH_SECRET the server there is asked to; else the index in DATA_DIR is written to from here, which
a running server notices.
Exit code: 0 when there are at most warnings, 1 when a file has errors, 2 when it cannot publish.`

process.exitCode = await run(process.argv.slice(2))

async function run(parameters: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: parameters,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const env = siteEnv()
    const named = positionals.map((file) => toContentPath(env.contentDir, file))
    const paths = named.length > 0 ? named : undefined
    const { publishSecret: secret, siteUrl, hasSiteUrl } = env
    const report =
      secret && hasSiteUrl
        ? await requestPublish({ siteUrl, secret, paths })
        : await publishHere(env, paths)
    console.log(values.json ? JSON.stringify(report) : formatReport(report))
    return report.errorCount > 0 ? 1 : 0
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`)
    return 2
  }
}

async function publishHere({ contentDir, dataDir }: SiteEnv, paths: string[] | undefined) {
  const index = openArticleIndex({ dataDir })
  try {
    const sync = (only: string[] | undefined) =>
      only ? syncPaths(index, { contentDir, paths: only }) : syncArticles(index, { contentDir })
    return await publish({ sync, index }, paths)
  } finally {
    index.close()
  }
}

function formatReport(report: PublishReport): string {
  const { added, changed, removed, unchanged, errorCount, warningCount, problems } = report
  const more = errorCount + warningCount - problems.length
  return [
    ...problems.map((problem) => `${problem.severity} ${formatProblem(problem)}`),
    ...(more > 0 ? [`… ${more} more: npm run content:check`] : []),
    `${added} new, ${changed} changed, ${removed} removed, ${unchanged} unchanged; ` +
      `${errorCount} errors, ${warningCount} warnings; ${report.milliseconds} ms`,
  ].join('\n')
}
