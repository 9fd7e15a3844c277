import { lstatSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { articleIdentity, localeOf } from '#lib/content/article-identity.ts'
import type { FrontMatter } from '#lib/content/front-matter/front-matter.ts'
import { frontMatterOf } from '#lib/content/front-matter-of.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import { listContentFiles } from '#lib/content/read-content-folder.ts'
import { toUrlKey } from '../once/url-key.ts'
import type { KnownArticle } from './article-rows.ts'
import type { Ledger } from './ledger.ts'

const batchSize = 500

/**
 * Brings what the ledger knows of articles into step with the content folder: whatever a person wrote,
 * changed, moved or deleted, and everything after the data folder was lost. Only files whose size or
 * time has changed are read; a file that cannot be read as an article is passed over.
 */
export async function syncArticles(
  { articles, transact }: Pick<Ledger, 'articles' | 'transact'>,
  contentDir: string,
): Promise<{ read: number; removed: number }> {
  const known = articles.mapStamps()
  let batch: { path: string; absolutePath: string }[] = []
  let read = 0
  async function readBatch(): Promise<void> {
    const looked = batch.map((file) => ({ ...file, stamp: readStamp(file.absolutePath) }))
    const changed = looked.filter(({ path, stamp }) => {
      const before = known.get(path)
      known.delete(path)
      return stamp !== undefined && stamp !== before
    })
    batch = []
    if (changed.length === 0) return
    read += changed.length
    const found = await Promise.all(
      changed.map(async ({ path, absolutePath, stamp }) => {
        const bytes = await readFile(absolutePath).catch(() => undefined)
        return bytes && toKnownArticle(path, bytes, stamp ?? '')
      }),
    )
    transact(() => {
      for (const article of found) if (article) articles.keep(article)
    })
  }
  for await (const file of listContentFiles(contentDir)) {
    batch.push(file)
    if (batch.length === batchSize) await readBatch()
  }
  await readBatch()
  transact(() => {
    for (const path of known.keys()) articles.remove(path)
  })
  return { read, removed: known.size }
}

/**
 * Undefined for a file that is gone. Asked synchronously: a hundred thousand times that is ten times
 * as fast.
 */
export function readStamp(file: string): string | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false })
  return found && `${found.size} ${found.mtimeMs} ${found.ino}`
}

/** An article as the ledger keeps it, from its file; undefined when there is no front matter. */
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
    gist: toPlainText(description ?? ''),
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
