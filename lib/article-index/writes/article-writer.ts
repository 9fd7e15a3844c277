import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { articleIdentity } from '#lib/content/article-identity.ts'
import type { ContentEntry } from '#lib/content/parse-content-file.ts'
import type { Problem } from '#lib/content/problem.ts'
import { contentKindOf } from '#lib/content/read-content-folder.ts'
import { compareFilesOfOneSlug } from '#lib/content/slug-conflicts.ts'
import { numberOf, type Row, textOf } from '#lib/node/sqlite.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import type { ArticleAddress } from '../article-index.ts'
import type { Placement } from '../store/placements.ts'
import { firstIdAt, idsPerMinute, toScopeWord } from '../store/schema.ts'
import {
  type ArticleScopes,
  createPlacementWriter,
  type PlacedArticle,
  type Removal,
} from './placement-writer.ts'
import type { PreparedArticle } from './prepared-article.ts'
import { prepareStatements } from './writer-statements.ts'

/** A content file as the index saw it last. `digest` is of its bytes. */
export type IndexedFile = { path: string; fingerprint: string; digest: string }

/** A file that was read just now; `bytes` are what it holds, where whoever writes it asks for them. */
export type ReadFile = IndexedFile & { bytes?: Uint8Array | undefined }

/** What an index is a copy of, and up to where: it holds all that the origin held at a revision. */
export type Position = { origin: string; revision: number }

/** What has become of a content file. `touched`: its fingerprint changed and its bytes did not. */
export type FileChange =
  | { kind: 'article'; file: ReadFile; article: PreparedArticle; warnings: Problem[] }
  | { kind: 'entries'; file: ReadFile; entries: ContentEntry[]; problems: Problem[] }
  | { kind: 'invalid'; file: ReadFile; problems: Problem[] }
  | { kind: 'touched'; file: IndexedFile }
  | { kind: 'gone'; path: string }

/**
 * Writes single changes on a connection; the caller begins and ends the transactions.
 *
 * With `isBulk` the tables are new and every file comes once, so nothing is looked up: each article is
 * taken as the only one at its address until `settleAddress` is called. See `openBulkWriter`.
 */
export type ArticleWriter = ReturnType<typeof createArticleWriter>

type FileGains = { files: number; articles: number; errors: number; warnings: number }

export function createArticleWriter(
  db: DatabaseSync,
  { now, isBulk = false }: { now: () => Date; isBulk?: boolean },
) {
  const statements = prepareStatements(db)
  const placements = createPlacementWriter(statements, { now, isBulk })
  /** How many files, articles, errors and warnings this transaction has brought. */
  let gains: FileGains = { files: 0, articles: 0, errors: 0, warnings: 0 }
  /** Texts of this transaction's articles by their ids, for the full-text tables. */
  const wordsToAdd = new Map<number, { locale: Locale; words: string[] }>()
  /** How many words each article had that left a full-text table in this transaction. */
  const wordsRemoved = new Map<Locale, number[][]>()

  function findScopes(id: number): ArticleScopes {
    const row = statements.findScopes.get(id)
    return row ? JSON.parse(textOf(row, 'scopes')) : []
  }

  /** Of the files that claim one address the first is served; the others are shadowed meanwhile. */
  function settleAddress({ locale, slug }: ArticleAddress): void {
    const claims = statements.listClaims
      .all(slug, locale)
      .map((row) => ({ row, path: textOf(row, 'path'), draft: row.draft === 1 }))
      .sort(compareFilesOfOneSlug)
    for (const [rank, { row }] of claims.entries()) {
      const shadowed = rank === 0 ? 0 : 1
      if (row.shadowed === shadowed) continue
      const id = numberOf(row, 'id')
      const placed = toPlaced(id, slug, row)
      statements.setShadowed.run(shadowed, id)
      if (shadowed) placements.remove(placed, findScopes(id))
      else if (!row.draft && !row.withdrawn) placements.add(placed, findScopes(id))
    }
  }

  function removeArticle(id: number): ArticleAddress {
    const row = statements.findArticle.get(id)
    const locale = locales.find((candidate) => candidate === row?.locale)
    if (!row || !locale) throw new Error(`Article ${id} is indexed without a known locale`)
    const slug = textOf(row, 'slug')
    if (!wordsToAdd.delete(id)) {
      const removed = wordsRemoved.get(locale) ?? []
      removed.push(statements.search.get(locale)?.remove(id) ?? [])
      wordsRemoved.set(locale, removed)
    }
    placements.remove(toPlaced(id, slug, row), findScopes(id))
    for (const statement of statements.removeArticle) statement.run(id)
    return { locale, slug }
  }

  /** From the path, so that indexes made in another order have the same ids, unless two collide. */
  function freeId(publishedAt: number, path: string): number {
    const own = firstIdAt(publishedAt) + (crc32(path) % idsPerMinute)
    if (statements.findArticle.get(own) === undefined) return own
    for (let first = firstIdAt(publishedAt); ; first += idsPerMinute) {
      const last = statements.lastId.get(first, first + idsPerMinute)?.id
      if (typeof last !== 'number') return first
      if (last + 1 < first + idsPerMinute) return last + 1
    }
  }

  function addArticle(path: string, article: PreparedArticle): number {
    const { locale, slug, publishedAt, draft, withdrawn } = article
    const id = freeId(publishedAt, path)
    const isOnlyClaim = isBulk || statements.listClaims.get(slug, locale) === undefined
    const listed: Placement[] = JSON.parse(article.placements)
    const scopes = listed.map((one) => placements.toArticleScope(locale, one))
    const scopeOf = (kind: Placement['kind']) =>
      scopes[listed.findIndex((one) => one.kind === kind)]?.[0] ?? null
    statements.addArticle.run(
      id,
      path,
      locale,
      slug,
      article.translationKey,
      publishedAt,
      article.updatedAt,
      article.sentiment ?? null,
      article.stickyWeight,
      article.pinnedUntil,
      article.breakingUntil,
      Number(draft),
      Number(withdrawn),
      Number(!isOnlyClaim),
      Number(article.indexable),
      crc32(article.summary),
      article.reviewed ?? null,
      scopeOf('category'),
      scopeOf('source'),
      scopeOf('sentiment'),
    )
    statements.addSummary.run(id, article.summary, JSON.stringify(scopes))
    statements.addBody.run(id, article.body)
    for (const alias of new Set(article.aliases)) statements.addAlias.run(locale, alias, id)
    const scopeWords = scopes.map(([scope]) => toScopeWord(scope)).join(' ')
    for (const [place, at] of article.correctedAt.entries()) {
      statements.addCorrection.run(locale, at, id, place)
    }
    wordsToAdd.set(id, { locale, words: [...article.words, scopeWords] })
    if (!isOnlyClaim) settleAddress(article)
    else if (!draft && !withdrawn)
      placements.add({ id, slug, publishedAt, sentiment: article.sentiment }, scopes)
    return id
  }

  function writeFile(file: IndexedFile, articleId: number | null, problems: Problem[]): void {
    const errors = problems.filter(({ severity }) => severity === 'error').length
    const warnings = problems.length - errors
    statements.writeFile.run(
      file.path,
      file.fingerprint,
      file.digest,
      articleId,
      articleId === null ? findRefusedSlug(file.path) : null,
      errors,
      warnings,
      problems.length > 0 ? JSON.stringify(problems) : null,
    )
    count(1, { articles: Number(articleId !== null), errors, warnings })
  }

  function count(files: 1 | -1, of: Omit<FileGains, 'files'>): void {
    gains.files += files
    gains.articles += files * of.articles
    gains.errors += files * of.errors
    gains.warnings += files * of.warnings
  }

  /** What the index knows of a file is taken out of the counts, and its article out of the index. */
  function forgetFile(path: string): ArticleAddress | undefined {
    const row = statements.findFile.get(path)
    if (!row) return undefined
    const id = row.article_id
    const [errors, warnings] = [numberOf(row, 'error_count'), numberOf(row, 'warning_count')]
    count(-1, { articles: Number(id !== null), errors, warnings })
    statements.removeEntries.run(path)
    return typeof id === 'number' ? removeArticle(id) : undefined
  }

  /** Makes one change and answers the addresses at which something else may be served now. */
  function apply(change: FileChange): ArticleAddress[] {
    if (change.kind === 'touched') {
      const { fingerprint, path } = change.file
      statements.setFingerprint.run(fingerprint, path)
      return []
    }
    const path = change.kind === 'gone' ? change.path : change.file.path
    const former = isBulk ? undefined : forgetFile(path)
    if (change.kind === 'gone') statements.removeFile.run(path)
    if (change.kind === 'invalid') writeFile(change.file, null, change.problems)
    if (change.kind === 'entries') {
      for (const [place, { kind, key, locale = '', value }] of change.entries.entries()) {
        statements.addEntry.run(kind, key, locale, path, place, JSON.stringify(value))
      }
      writeFile(change.file, null, change.problems)
    }
    if (change.kind === 'article') {
      writeFile(change.file, addArticle(path, change.article), change.warnings)
    }
    if (former) settleAddress(former)
    const latter = change.kind === 'article' ? change.article : undefined
    return [former, latter]
      .filter((address) => address !== undefined)
      .map(({ locale, slug }) => ({ locale, slug }))
  }

  /**
   * Full-text tables collect words in memory as long as their rows come in the order of their ids
   * and no other statement needs a savepoint. Otherwise they write after every row, which takes ten
   * times as long. Hence the words of many articles are added together, after everything else.
   */
  function* addWords(): Generator<void> {
    for (const [id, { locale, words }] of Array.from(wordsToAdd).sort(([a], [b]) => a - b)) {
      statements.search.get(locale)?.add.run(id, ...words)
      yield
    }
    wordsToAdd.clear()
    for (const [locale, { flush, subtract }] of statements.search) {
      flush.run()
      const removed = wordsRemoved.get(locale)
      if (removed) subtract(removed)
      yield
    }
  }

  return {
    apply,
    settleAddress,
    addWords,
    /** To be called as a transaction begins. */
    begin(): void {
      placements.begin()
      gains = { files: 0, articles: 0, errors: 0, warnings: 0 }
      wordsToAdd.clear()
      wordsRemoved.clear()
    },

    listRemovals: placements.listRemovals,

    /**
     * To be run to its end before a transaction is committed; it yields between short steps. `removals`
     * are from `listRemovals`, or from that of the index that this one is a copy of.
     */
    *end(removals: Removal[]): Generator<void> {
      placements.end(removals)
      statements.countFiles.run(gains.files, gains.articles, gains.errors, gains.warnings)
      yield* addWords()
    },

    findPosition: (): Position | undefined => {
      const row = statements.findPosition.get()
      if (!row || row.origin === null) return undefined
      return { origin: textOf(row, 'origin'), revision: numberOf(row, 'origin_revision') }
    },
    /** Undefined: this index is no copy. */
    setPosition: (position: Position | undefined): void => {
      statements.setPosition.run(position?.origin ?? null, position?.revision ?? null)
    },
    /** Every file is read again when it is next compared, and its article stays until then. */
    forgetFiles: (): void => {
      statements.forgetFiles.run()
    },
    /** Paths with their fingerprints, in the order of the paths, from the first one after `after`. */
    listFingerprints: (after: string, limit: number): [path: string, fingerprint: string][] =>
      statements.listFiles
        .all(after, limit)
        .map((row) => [textOf(row, 'path'), textOf(row, 'fingerprint')]),
    /** Where the article of a file is served, and whether search engines may list it. */
    findArticleOf: (path: string): (ArticleAddress & { indexable: boolean }) | undefined => {
      const row = statements.findArticleOf.get(path)
      const locale = locales.find((candidate) => candidate === row?.locale)
      if (!row || locale === undefined) return undefined
      return { locale, slug: textOf(row, 'slug'), indexable: row.indexable === 1 }
    },
    /** What else a file holds by its keys, and whether search engines may list it. */
    listEntriesOf: (path: string): { key: string; indexable: boolean }[] =>
      statements.listEntriesOf.all(path).map((row) => ({
        key: textOf(row, 'key'),
        indexable: JSON.parse(textOf(row, 'value')).noindex !== true,
      })),
    /** How many content files the index has seen. */
    countFiles: (): number => {
      const row = statements.fileCount.get()
      return row ? numberOf(row, 'file_count') : 0
    },
    findFile: (path: string): IndexedFile | undefined => {
      const row = statements.findFile.get(path)
      return (
        row && {
          path,
          fingerprint: textOf(row, 'fingerprint'),
          digest: textOf(row, 'digest'),
        }
      )
    },
  }
}

/** The address that a file would have as an article; null for other files. */
function findRefusedSlug(path: string): string | null {
  return contentKindOf(path) === 'article' ? articleIdentity(path).slug : null
}

function toPlaced(id: number, slug: string, row: Row): PlacedArticle {
  const sentiment = row.sentiment === null ? undefined : numberOf(row, 'sentiment')
  return { id, slug, publishedAt: numberOf(row, 'published_at'), sentiment }
}
