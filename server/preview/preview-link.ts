import { createHmac } from 'node:crypto'
import { readContentFile } from '#lib/content/content-file.ts'
import { parseArticleInWorker } from '#lib/content/parse-article-in-worker.ts'
import { findUnpublishedReason, type UnpublishedReason } from '#lib/content/visibility.ts'
import { isSameSecret } from '#lib/site/is-same-secret.ts'
import { isLocale, type Locale } from '#lib/site/locales.ts'
import { articlePath } from '#lib/site/routes.ts'
import type { Address } from '../http/address.ts'
import { providePreviewSecret, type SecretSource } from './preview-secret.ts'

/** What a signed link opens, and until when. */
export type PreviewLink = {
  locale: Locale
  slug: string
  /** The file to be shown: relative to the content folder, with forward slashes. */
  file: string
  /** Whole seconds since 1970. The link is good until then, and no longer at that second. */
  expires: number
}

/**
 * The link as a path with its query: `/preview/<locale>/<slug>?file=…&expires=…&signature=…`. The
 * signature (base64url HMAC-SHA256) covers everything that the link says.
 */
export function toPreviewPath(link: PreviewLink, secret: string): string {
  const { locale, slug, file, expires } = link
  const query = new URLSearchParams({
    file,
    expires: String(expires),
    signature: sign(link, secret),
  })
  return `/preview/${locale}/${encodeURIComponent(slug)}?${query}`
}

/** What an address claims to open, before anybody has checked that it may. */
export type ClaimedPreview = { link: PreviewLink; signature: string }

/** Reads the shape of an address. Undefined when it is no preview's. */
export function parsePreviewAddress({
  segments,
  search,
}: Pick<Address, 'segments' | 'search'>): ClaimedPreview | undefined {
  const [room, locale, slug, ...further] = segments
  if (room !== 'preview' || further.length > 0) return undefined
  const query = new URLSearchParams(search)
  const [file, expires, signature] = ['file', 'expires', 'signature'].map((name) => query.get(name))
  if (!isLocale(locale) || !slug || !file || !signature) return undefined
  if (!/^\d{1,12}$/.test(expires ?? '')) return undefined
  return { link: { locale, slug, file, expires: Number(expires) }, signature }
}

/** Whether a claim was signed with this secret and is still good at `now`. */
export function isValidClaim({ link, signature }: ClaimedPreview, secret: string, now: Date) {
  return isSameSecret(signature, sign(link, secret)) && now.getTime() < link.expires * 1000
}

/** The list is written as JSON: no two links have the same text. */
function sign({ locale, slug, file, expires }: PreviewLink, secret: string): string {
  const text = JSON.stringify(['preview', locale, slug, file, expires])
  return createHmac('sha256', secret).update(text).digest('base64url')
}

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
