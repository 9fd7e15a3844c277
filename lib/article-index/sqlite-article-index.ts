import { join } from 'node:path'
import type { ArticleIndex } from './article-index.ts'
import { openReads } from './reads/open-reads.ts'
import { openWriteQueue, type WriteQueue } from './writes/write-queue.ts'

/** An index that can be written to as well; `syncArticles` is what writes. */
export type WritableArticleIndex = ArticleIndex & Pick<WriteQueue, 'write'>

export type OpenOptions = {
  /** The folder of everything generated; the index is `articles.sqlite` in it. Made if missing. */
  dataDir: string
  /** The clock that decides what is visible. */
  now?: () => Date
  /** Told, in one line, that the file was unusable and is begun again. */
  log?: (line: string) => void
}

/**
 * The article index in one SQLite file, which is rebuilt from the content folder whenever it is
 * missing, damaged or of another version. Any number of connections and processes may have it open.
 *
 * With `readOnly` the file is never made, changed or deleted: until some other connection has made a
 * usable one the index is empty, and when the file is replaced the new one is read within a second.
 */
export function openArticleIndex(options: OpenOptions & { readOnly: true }): ArticleIndex
export function openArticleIndex(options: OpenOptions): WritableArticleIndex
export function openArticleIndex({
  dataDir,
  now = () => new Date(),
  log = console.warn,
  readOnly = false,
}: OpenOptions & { readOnly?: boolean }): ArticleIndex | WritableArticleIndex {
  const path = join(dataDir, 'articles.sqlite')
  if (readOnly) return toIndex(openReads(path, now))
  const queue = openWriteQueue({ path, now, log })
  const index = toIndex(openReads(path, now))
  return {
    ...index,
    write: queue.write,
    close() {
      index.close()
      queue.close()
    },
  }
}

/** Every method takes the reader anew: that is where the clock and the file are looked at. */
function toIndex({ current, close }: ReturnType<typeof openReads>): ArticleIndex {
  return {
    findArticle: (locale, slug) => current().findArticle(locale, slug),
    findAbsence: (locale, slug) => current().findAbsence(locale, slug),
    listTranslations: (article) => current().listTranslations(article),
    findNeighbours: (article) => current().findNeighbours(article),
    listRelated: (article, limit) => current().listRelated(article, limit),
    listArticles: (query) => current().listArticles(query),
    listFullArticles: (query) => current().listFullArticles(query),
    listPinned: (locale, limit) => current().listPinned(locale, limit),
    listCategories: (locale) => current().listCategories(locale),
    listTags: (locale) => current().listTags(locale),
    listSources: (locale) => current().listSources(locale),
    listMonths: (locale) => current().listMonths(locale),
    search: async (query) => current().search(query),
    epoch: () => current().epoch(),
    findNextDueAt: () => current().findNextDueAt(),
    listProblems: () => current().listProblems(),
    status: () => current().status(),
    close,
  }
}
