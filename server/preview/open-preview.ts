import { readContentFile } from '#lib/content/content-file.ts'
import { parseArticleInWorker } from '#lib/content/parse-article-in-worker.ts'
import { addPendingPreview } from '#lib/content/pending-previews.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import type { RawFile } from '#lib/content/read-markdown-file.ts'
import { findUnpublishedReason } from '#lib/content/visibility.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import { articlePath } from '#lib/site/routes.ts'
import type { Address } from '../http/address.ts'
import { isValidClaim, type PreviewLink, parsePreviewAddress } from './preview-link.ts'
import { findPreviewSecret, type SecretSource } from './preview-secret.ts'

/** What a valid link leads to. */
export type OpenedPreview =
  /** A page that the framework renders at `path`, as long as it is not closed. */
  | { kind: 'page'; path: string; close: () => void }
  /** The article is public by now, at this address. */
  | { kind: 'published'; path: string }
  /** The file cannot become an article. */
  | { kind: 'invalid'; problems: Problem[] }

/**
 * Checks links to articles that are not published. The link that an address holds, when it was signed
 * by us and is still good; undefined for every other address, whatever is wrong with it.
 */
export function createPreviewCheck({
  now = () => new Date(),
  log,
  ...place
}: SecretSource & {
  now?: () => Date
  log: Log
}): (address: Pick<Address, 'segments' | 'search'>) => PreviewLink | undefined {
  return (address) => {
    const claim = parsePreviewAddress(address)
    if (!claim) return undefined
    try {
      const secret = findPreviewSecret(place)
      return secret !== undefined && isValidClaim(claim, secret, now()) ? claim.link : undefined
    } catch (error) {
      // Who holds no valid link is to learn nothing from a failure either.
      log.warn(`A preview could not be opened: ${reasonOf(error)}`)
      return undefined
    }
  }
}

/**
 * Opens a link that was checked. It asks no index: the file that the link names is read and parsed
 * each time, so an editor sees what was saved last. Undefined when the file is gone or is no
 * longer the article that the link names.
 */
export async function openPreviewLink(
  { locale, slug, file }: PreviewLink,
  { contentDir, now }: { contentDir: string; now: Date },
): Promise<OpenedPreview | undefined> {
  const bytes = await readContentFile(contentDir, file)
  if (!bytes) return undefined
  try {
    const { article } = await parseArticleInWorker({ path: file, bytes })
    if (article.locale !== locale || article.slug !== slug) return undefined
    const reason = findUnpublishedReason(article, now)
    if (!reason) return { kind: 'published', path: articlePath(locale, slug) }
    const { token, close } = addPendingPreview({ article, reason })
    return { kind: 'page', path: `/${locale}/preview/${token}`, close }
  } catch (error) {
    if (!(error instanceof InvalidArticleError)) throw error
    return { kind: 'invalid', problems: error.problems }
  }
}

/** Opens a text that an editor is writing, as the article that it would be at its path. */
export async function openPreviewText(
  file: RawFile,
  { now }: { now: Date },
): Promise<OpenedPreview & { kind: 'page' | 'invalid' }> {
  try {
    const { article } = await parseArticleInWorker(file)
    const reason = findUnpublishedReason(article, now)
    const { token, close } = addPendingPreview({ article, reason })
    return { kind: 'page', path: `/${article.locale}/preview/${token}`, close }
  } catch (error) {
    if (!(error instanceof InvalidArticleError)) throw error
    return { kind: 'invalid', problems: error.problems }
  }
}
