import '#lib/site/load-site.ts'
import { parseArgs } from 'node:util'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { formatProblem } from '#lib/content/problem.ts'
import { createRemovalGuard } from '#lib/content-sync/removal-guard.ts'
import { syncArticles, syncPaths } from '#lib/content-sync/sync.ts'
import { type SiteEnv, siteEnv } from '#lib/site/env.ts'
import { type PublishReport, publish } from '#server/endpoints/publish/publish-report.ts'
import type { PublishRequest } from '#server/endpoints/publish/publish-request.ts'
import { requestPublish } from '#server/endpoints/publish/request-publish.ts'
import { toContentPath } from './to-content-path.ts'

const usage = `Usage: npm run publish [-- [--json] [--confirm-removals] [file …]]

Brings the site up to date with the content folder: the files named, or all of them. With SITE_URL and
PUBLISH_SECRET the server there is asked to; else the index in DATA_DIR is written to from here, which
a running server notices.
  --confirm-removals  removes missing files also when they are more than a fifth of all (and at least
                      20); without it they stay, on a running server for a minute
Exit code: 0 when there are at most warnings, 1 when a file has errors or missing files stay, 2 when it
cannot publish.`

process.exitCode = await run(process.argv.slice(2))

async function run(parameters: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: parameters,
      options: {
        json: { type: 'boolean', default: false },
        'confirm-removals': { type: 'boolean' },
      },
      allowPositionals: true,
    })
    const env = siteEnv()
    const named = positionals.map((file) => toContentPath(env.contentDir, file))
    const wanted: PublishRequest = {
      paths: named.length > 0 ? named : undefined,
      confirmRemovals: values['confirm-removals'],
    }
    const { publishSecret: secret, siteUrl, hasSiteUrl } = env
    const report =
      secret && hasSiteUrl
        ? await requestPublish({ siteUrl, secret, wanted })
        : await publishHere(env, wanted)
    console.log(values.json ? JSON.stringify(report) : formatReport(report))
    return report.errorCount > 0 || report.held ? 1 : 0
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`)
    return 2
  }
}

/** Nothing runs on afterwards: what is held here stays until it is confirmed. */
async function publishHere({ contentDir, dataDir }: SiteEnv, wanted: PublishRequest) {
  const index = openArticleIndex({ dataDir })
  const guard = createRemovalGuard()
  try {
    const sync = ({ paths, confirmRemovals = false }: PublishRequest) =>
      paths
        ? syncPaths(index, { contentDir, guard, confirmRemovals, paths })
        : syncArticles(index, { contentDir, guard, confirmRemovals })
    return await publish({ sync, index }, wanted)
  } finally {
    index.close()
  }
}

function formatReport(report: PublishReport): string {
  const { added, changed, removed, unchanged, errorCount, warningCount, problems, held } = report
  const more = errorCount + warningCount - problems.length
  return [
    ...problems.map((problem) => `${problem.severity} ${formatProblem(problem)}`),
    ...(more > 0 ? [`… ${more} more: npm run content:check`] : []),
    ...(held ? [held] : []),
    `${added} new, ${changed} changed, ${removed} removed, ${unchanged} unchanged; ` +
      `${errorCount} errors, ${warningCount} warnings; ${report.milliseconds} ms`,
  ].join('\n')
}
