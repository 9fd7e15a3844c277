import { articleIdentity, localeOf } from '#lib/content/article-identity.ts'
import type { FrontMatter } from '#lib/content/front-matter/front-matter.ts'
import { frontMatterOf } from '#lib/content/front-matter-of.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import { toUrlKey } from '../intake/url-key.ts'
import type { KnownArticle } from './article-table.ts'

/** What the store keeps of each file; undefined for one that has no usable front matter. */
export function listKnownArticles(
  files: { path: string; bytes: Uint8Array; stamp: string }[],
): (KnownArticle | undefined)[] {
  return files.map(({ path, bytes, stamp }) => toKnownArticle(path, bytes, stamp))
}

/** An article as the store keeps it, from its file; undefined when there is no front matter. */
export function toKnownArticle(
  path: string,
  bytes: Uint8Array,
  stamp: string,
): KnownArticle | undefined {
  const frontMatter = frontMatterOf(bytes)
  if (!frontMatter) return undefined
  const identity = articleIdentity(path)
  const { source, externalId, title, description, publishedAt, ai, ingest } = frontMatter
  return {
    path,
    stamp,
    locale: localeOf(frontMatter.lang, identity),
    slug: identity.slug,
    publisher: source?.key,
    externalId,
    title,
    lead: toPlainText(description ?? ''),
    publishedAt,
    fingerprint: ingest?.story,
    isTranslation: ai?.translatedFrom !== undefined,
    photo: toPhoto(frontMatter),
    urls: [source, ...(frontMatter.alsoReportedBy ?? [])].flatMap((one) => {
      const urlKey = toUrlKey(one?.url)
      return one && urlKey !== undefined ? [{ urlKey, publisher: one.key }] : []
    }),
  }
}

/** The name of an Unsplash photo's file, the same in all its variants. */
function toPhoto({ coverImage }: FrontMatter): string | undefined {
  const address = coverImage?.raw ?? coverImage?.regular ?? coverImage?.full
  return address === undefined ? undefined : toPhotoName(address)
}

export function toPhotoName(address: string): string | undefined {
  const url = URL.parse(address)
  return url ? `${url.host}${url.pathname}` : undefined
}
