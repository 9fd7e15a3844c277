import type { Article } from '#lib/content/article.ts'
import { articleIdentity, localeOf } from '#lib/content/article-identity.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import { frontMatterOf } from '#lib/content/read-markdown-file.ts'
import { toUrlKey } from '../intake/story-url.ts'
import type { KnownArticle } from './article-table.ts'

/**
 * What the store keeps of each file; undefined for a file without usable front matter. Only the front
 * matter is read: a file with an error in it is known as well, so that its story is not published a
 * second time while a person mends the file.
 */
export function listKnownArticles(
  files: { path: string; bytes: Uint8Array; stamp: string }[],
): (KnownArticle | undefined)[] {
  return files.map(({ path, bytes, stamp }) => {
    const fields = frontMatterOf(bytes)
    if (!fields) return undefined
    const locale = localeOf(fields.lang, articleIdentity(path))
    const { description = '', alsoReportedBy = [], coverImage: cover, ingest } = fields
    return toKnownArticle(
      { path, stamp, fingerprint: ingest?.story },
      { ...fields, locale, description, alsoReportedBy, cover },
    )
  })
}

/** An article as the store keeps it. */
export function toKnownArticle(
  file: Pick<KnownArticle, 'path' | 'stamp' | 'fingerprint'>,
  article: Pick<
    Article,
    'locale' | 'title' | 'description' | 'publishedAt' | 'source' | 'alsoReportedBy'
  > &
    Partial<Pick<Article, 'externalId' | 'ai' | 'cover' | 'draft'>>,
): KnownArticle {
  const { locale, source, alsoReportedBy, externalId, title, description, publishedAt } = article
  return {
    ...file,
    locale,
    slug: articleIdentity(file.path).slug,
    publisher: source?.key,
    externalId,
    title,
    lead: toPlainText(description),
    publishedAt,
    isTranslation: article.ai?.translatedFrom !== undefined,
    isExcerpt: article.draft === true && article.ai === undefined && file.fingerprint !== undefined,
    photo: toPhoto(article.cover),
    urls: [source, ...alsoReportedBy].flatMap((one) => {
      const urlKey = toUrlKey(one?.url)
      return one && urlKey !== undefined ? [{ urlKey, publisher: one.key }] : []
    }),
  }
}

function toPhoto(cover: Article['cover']): string | undefined {
  const address = cover?.raw ?? cover?.regular ?? cover?.full
  return address === undefined ? undefined : toPhotoName(address)
}

/** The host and path of an Unsplash photo, the same in all its sizes. */
export function toPhotoName(address: string): string | undefined {
  const url = URL.parse(address)
  return url ? `${url.host}${url.pathname}` : undefined
}
