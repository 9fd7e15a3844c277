import { mostPreviewHours, siteEnv } from '#lib/site/env.ts'
import { makePreviewLink } from '#server/preview/preview-link.ts'
import { findArticlePath } from './article-files.ts'
import { type Report, UsageError } from './command.ts'

/**
 * `dateline preview`: a signed link to an article that is not published, alone on its line. It can be
 * opened for `hours`, else for the time that the settings say.
 */
export async function preview(
  named: string,
  { hours: given, lang }: { hours?: number; lang?: string },
): Promise<Report> {
  const { siteUrl, contentDir, dataDir, previewSecret, previewHours } = siteEnv()
  const hours = given ?? previewHours
  if (hours > mostPreviewHours) {
    throw new UsageError(`--hours is ${hours}, expected at most ${mostPreviewHours}, a year.`)
  }
  const file = await findArticlePath({ contentDir, named, lang })
  const place = { dataDir, previewSecret }
  const link = await makePreviewLink({
    siteUrl,
    contentDir,
    file,
    hours,
    now: new Date(),
    ...place,
  })
  const { url, reason: state = 'published' } = link
  const expiresAt = link.reason ? link.expiresAt : undefined
  return {
    text: url,
    json: { url, file, state, expiresAt },
    notes: expiresAt
      ? `Not published (${state}). Whoever has the link can read it until ${expiresAt}.`
      : 'It is published: everybody can read it there.',
  }
}
