import { parseArticleInWorker } from '#lib/content/parse-article-in-worker.ts'
import { findUnpublishedReason, type UnpublishedReason } from '#lib/content/visibility.ts'
import { articlePath } from '#lib/site/routes.ts'
import { toPreviewPath } from './preview-link.ts'
import { providePreviewSecret, type SecretSource } from './preview-secret.ts'
import { readContentFile } from './read-content-file.ts'

/** An address for an article and who may see it there: everybody when there is no `reason`. */
export type MadeLink =
  | { url: string; reason: UnpublishedReason; expiresAt: string }
  | { url: string; reason: undefined }

/**
 * A link under which an article that is not published can be read for some hours; a published one
 * needs none and gets its public address. `file` is relative to the content folder. Throws when there
 * is no such file, and an `InvalidArticleError` when it cannot become an article.
 */
export async function makePreviewLink({
  siteUrl,
  contentDir,
  file,
  hours,
  now,
  ...place
}: SecretSource & {
  siteUrl: string
  contentDir: string
  file: string
  hours: number
  now: Date
}): Promise<MadeLink> {
  const bytes = await readContentFile(contentDir, file)
  if (!bytes) throw new Error(`There is no article file ${file} in ${contentDir}.`)
  const { article } = await parseArticleInWorker({ path: file, bytes })
  const { locale, slug } = article
  const reason = findUnpublishedReason(article, now)
  if (!reason) return { url: siteUrl + articlePath(locale, slug), reason }
  const expires = Math.ceil(now.getTime() / 1000 + hours * 3600)
  const path = toPreviewPath({ locale, slug, file, expires }, providePreviewSecret(place))
  return { url: siteUrl + path, reason, expiresAt: new Date(expires * 1000).toISOString() }
}
