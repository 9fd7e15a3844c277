import { type Log, stderrLog } from '#lib/node/log.ts'
import type { ArticleIndex, SearchQuery, SearchResults } from './article-index.ts'
import type { HiddenArticle } from './hidden-article.ts'
import { openReads, type Reads } from './reads/open-reads.ts'
import { type SearchBeside, type SearchState, searchBeside } from './search/search-beside.ts'
import { indexPath, isUnusable } from './store/database-file.ts'
import { openWriteQueue, type WriteQueue } from './writes/write-queue.ts'

/** An index that can be written to as well; `syncArticles` is what writes. */
export type WritableArticleIndex = ArticleIndex & Pick<WriteQueue, 'write' | 'rebuild'>

/** An index that is only read, and for those who are served from it. */
export type ServedArticleIndex = ArticleIndex & {
  /**
   * Replaces the list of the articles that must not be served although the file holds them: they were
   * taken back while nothing could be written (`keepInSync`, `onHidden`). No method answers them any
   * more, and `epoch` is another number.
   */
  hide(articles: HiddenArticle[]): void
  /** How the thread that searches is; undefined where there is none. */
  searchState(): SearchState | undefined
}

export type OpenOptions = {
  /** The folder of everything generated; the index is `articles.sqlite` in it. Made if missing. */
  dataDir: string
  /** The clock that decides what is visible. */
  now?: () => Date
  /** Told, in one line, that the file was unusable and is rebuilt. */
  log?: Log
}

export type ReadOptions = OpenOptions & {
  readOnly: true
  /** Told that a question met a damaged file: whoever writes to it should rebuild it. */
  onDamage?: (reason: string) => void
  /** Searches in a thread of its own, which is worth its memory where others are served meanwhile. */
  searchBeside?: boolean
}

/**
 * The article index in one SQLite file, which is rebuilt from the content folder whenever it is
 * missing, damaged or of another version. Any number of connections and processes may have it open.
 *
 * With `readOnly` the file is never made, changed or deleted: until some other connection has made a
 * usable one the index is empty, and when the file is replaced the new one is read within a second.
 */
export function openArticleIndex(options: ReadOptions): ServedArticleIndex
export function openArticleIndex(options: OpenOptions): WritableArticleIndex
export function openArticleIndex(
  options: OpenOptions | ReadOptions,
): ServedArticleIndex | WritableArticleIndex {
  const { dataDir, now = () => new Date(), log = stderrLog } = options
  const path = indexPath(dataDir)
  if ('readOnly' in options) {
    const searching = options.searchBeside ? searchBeside({ path, log }) : undefined
    const { onDamage } = options
    const reads = openReads(path, { now, onDamage })
    return {
      ...toIndex(reads, { onDamage, now, searching }),
      hide(articles) {
        reads.hide(articles)
        searching?.hide(articles)
      },
      searchState: () => searching?.state(),
    }
  }
  const queue = openWriteQueue({ path, now, log })
  const onDamage = (reason: string) => void queue.rebuild(reason).catch(() => undefined)
  const index = toIndex(openReads(path, { now, onDamage }), { onDamage, now })
  return {
    ...index,
    write: queue.write,
    rebuild: queue.rebuild,
    close() {
      index.close()
      queue.close()
    },
  }
}

/** Every method takes the reader anew: that is where the clock and the file are looked at. */
function toIndex(
  { current, close }: Pick<ReturnType<typeof openReads>, 'current' | 'close'>,
  {
    onDamage = () => {},
    now,
    searching,
  }: { onDamage?: (reason: string) => void; now: () => Date; searching?: SearchBeside },
): ArticleIndex {
  const report = (error: unknown) => {
    if (isUnusable(error)) onDamage(`it cannot be read (${error})`)
    return error
  }
  const ask = <Answer>(question: (reads: Reads) => Answer): Answer => {
    try {
      return question(current())
    } catch (error) {
      throw report(error)
    }
  }
  async function search(query: SearchQuery): Promise<SearchResults> {
    if (!searching) return ask((reads) => reads.search(query))
    try {
      return await searching.search(query, now())
    } catch (error) {
      throw report(error)
    }
  }
  return {
    findArticle: (locale, slug) => ask((reads) => reads.findArticle(locale, slug)),
    findAbsence: (locale, slug) => ask((reads) => reads.findAbsence(locale, slug)),
    listTranslations: (article) => ask((reads) => reads.listTranslations(article)),
    findNeighbours: (article) => ask((reads) => reads.findNeighbours(article)),
    listRelated: (article, limit) => ask((reads) => reads.listRelated(article, limit)),
    listArticles: (query) => ask((reads) => reads.listArticles(query)),
    listFullArticles: (query) => ask((reads) => reads.listFullArticles(query)),
    listMatches: (query) => ask((reads) => reads.listMatches(query)),
    listFullMatches: (query) => ask((reads) => reads.listFullMatches(query)),
    listPinned: (locale, limit) => ask((reads) => reads.listPinned(locale, limit)),
    listCategories: (locale) => ask((reads) => reads.listCategories(locale)),
    listTags: (locale) => ask((reads) => reads.listTags(locale)),
    listSources: (locale) => ask((reads) => reads.listSources(locale)),
    listMonths: (locale) => ask((reads) => reads.listMonths(locale)),
    listDays: (locale, month) => ask((reads) => reads.listDays(locale, month)),
    findSourceFacts: (locale, key) => ask((reads) => reads.findSourceFacts(locale, key)),
    countMood: (query) => ask((reads) => reads.countMood(query)),
    listMoodSteps: (query) => ask((reads) => reads.listMoodSteps(query)),
    listMoodsByTopic: (query) => ask((reads) => reads.listMoodsByTopic(query)),
    listMoodArticles: (query) => ask((reads) => reads.listMoodArticles(query)),
    listCorrections: (query) => ask((reads) => reads.listCorrections(query)),
    findPage: (locale, name) => ask((reads) => reads.findPage(locale, name)),
    listPages: (locale) => ask((reads) => reads.listPages(locale)),
    findAuthor: (locale, key) => ask((reads) => reads.findAuthor(locale, key)),
    listAuthors: (locale) => ask((reads) => reads.listAuthors(locale)),
    listBylines: (article) => ask((reads) => reads.listBylines(article)),
    findRedirect: (path) => ask((reads) => reads.findRedirect(path)),
    findPicture: (path) => ask((reads) => reads.findPicture(path)),
    countOffered: (slice) => ask((reads) => reads.countOffered(slice)),
    listOffered: (slice) => ask((reads) => reads.listOffered(slice)),
    digestOffered: (slice) => ask((reads) => reads.digestOffered(slice)),
    search,
    epoch: () => ask((reads) => reads.epoch()),
    findNextDueAt: () => ask((reads) => reads.findNextDueAt()),
    listProblems: () => ask((reads) => reads.listProblems()),
    status: () => ask((reads) => reads.status()),
    close() {
      searching?.close()
      close()
    },
  }
}
