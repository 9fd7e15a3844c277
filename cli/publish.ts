import { existsSync } from 'node:fs'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { formatProblem, InvalidArticleError } from '#lib/content/problem.ts'
import { createRemovalGuard } from '#lib/content-sync/removal-guard.ts'
import { syncArticles, syncPaths } from '#lib/content-sync/sync.ts'
import { type SiteEnv, siteEnv } from '#lib/site/env.ts'
import { type PublishReport, publish } from '#server/endpoints/publish/publish-report.ts'
import { type PublishRequest, requestPublish } from '#server/endpoints/publish/publish-request.ts'
import {
  type ArticleState,
  findArticle,
  findArticlePath,
  formatState,
  toContentPath,
  toState,
} from './article-files.ts'
import type { Report } from './command.ts'

/**
 * `dateline publish`: re-reads the named files, or all. With SITE_URL and PUBLISH_SECRET the server
 * there does; else the index in DATA_DIR is written from here, which a running server notices. Exit
 * code 1 when a file has errors, when missing files stay, and when a name is no file.
 */
export async function publishFiles(
  names: string[],
  { confirmRemovals = false, lang }: { confirmRemovals?: boolean; lang?: string },
): Promise<Report> {
  const env = siteEnv()
  const { publishSecret: secret, siteUrl, hasSiteUrl, contentDir } = env
  // The content folder of a distant server is not here: the server knows its files.
  const toPath = existsSync(contentDir)
    ? (named: string) => findArticlePath({ contentDir, named, lang })
    : async (named: string) => toContentPath(contentDir, named)
  const paths = await Promise.all(names.map(toPath))
  const wanted: PublishRequest = {
    paths: paths.length > 0 ? paths : undefined,
    confirmRemovals: confirmRemovals || undefined,
  }
  const isRemote = secret !== undefined && hasSiteUrl
  const report = isRemote
    ? await requestPublish({ siteUrl, secret, wanted })
    : await publishHere(env, wanted)
  const articles = existsSync(contentDir) ? await listStates(paths, env) : []
  return {
    text: [...articles.map(formatState), formatReport(report)].join('\n'),
    json: { ...report, articles },
    notes: isRemote ? `Published by ${siteUrl}.` : `Published in the index in ${env.dataDir}.`,
    exitCode: report.errorCount > 0 || report.held ? 1 : 0,
  }
}

/** The named articles as they are now; a file with errors is among the problems instead. */
async function listStates(paths: string[], { contentDir, siteUrl }: SiteEnv) {
  const states: ArticleState[] = []
  for (const named of paths) {
    try {
      states.push(toState(await findArticle({ contentDir, named }), { siteUrl, now: new Date() }))
    } catch (error) {
      if (!(error instanceof InvalidArticleError)) throw error
    }
  }
  return states
}

/** Nothing runs on afterwards: what is held here stays until it is confirmed. */
async function publishHere({ contentDir, dataDir, databaseUrl }: SiteEnv, wanted: PublishRequest) {
  if (databaseUrl !== undefined) {
    throw new Error(
      'DATABASE_URL is set: the machine that writes publishes for all. Set SITE_URL to its address, and PUBLISH_SECRET.',
    )
  }
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
    ...(more > 0 ? [`… ${more} more: npx dateline check`] : []),
    ...(held ? [held] : []),
    ...(report.nodesBehind?.length ? [`Not there yet: ${report.nodesBehind.join(', ')}.`] : []),
    `${added} new, ${changed} changed, ${removed} removed, ${unchanged} unchanged; ` +
      `${errorCount} errors, ${warningCount} warnings; ${report.milliseconds} ms`,
  ].join('\n')
}
