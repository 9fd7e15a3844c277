import type { DatabaseSync } from 'node:sqlite'
import type { Article, ArticleSummary } from '#lib/content/article.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import type { Problem } from '#lib/content/problem.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { listPlacements } from '../placements.ts'
import { numberOf, textOf, toBodyColumn, toSummaryColumn } from '../rows.ts'
import { firstIdAt, idsPerMinute } from './article-id.ts'
import { prepareStatements } from './writer-statements.ts'

/** A content file as the index saw it last. `digest` is of its bytes. */
export type IndexedFile = { path: string; fingerprint: string; digest: string }

/** What has become of a content file. `touched`: its fingerprint changed and its bytes did not. */
export type FileChange =
  | { kind: 'article'; file: IndexedFile; article: Article; warnings: Problem[] }
  | { kind: 'invalid'; file: IndexedFile; problems: Problem[] }
  | { kind: 'touched'; file: IndexedFile }
  | { kind: 'gone'; path: string }

/** Where an article is served. */
export type ArticleAddress = Pick<ArticleSummary, 'locale' | 'slug'>

/** Writes single changes on a connection; the caller begins and ends the transactions. */
export type ArticleWriter = ReturnType<typeof createArticleWriter>

/** Scope ids with the name under which the article stands there. */
type Places = [scopeId: number, name: string | null | undefined][]

export function createArticleWriter(db: DatabaseSync) {
  const statements = prepareStatements(db)
  /** Ids of scopes; forgotten with every transaction, because one may be rolled back. */
  const scopeIds = new Map<string, number>()
  /** How many articles each scope has gained in this transaction. */
  const gains = new Map<number, number>()
  /** Texts of this transaction's articles by their ids, for the full-text tables. */
  const wordsToAdd = new Map<number, { locale: Locale; texts: string[] }>()

  function scopeId(locale: string, kind: string, segment: string): number {
    const key = `${locale} ${kind} ${segment}`
    const known = scopeIds.get(key)
    if (known !== undefined) return known
    statements.addScope.run(locale, kind, segment)
    const row = statements.findScope.get(locale, kind, segment)
    if (!row) throw new Error(`Scope ${key} was not written`)
    scopeIds.set(key, numberOf(row, 'id'))
    return numberOf(row, 'id')
  }

  function toPlaces(article: Article): Places {
    return listPlacements(article).map(({ kind, segment, name }) => [
      scopeId(article.locale, kind, segment),
      name,
    ])
  }

  /** The article takes its place in every listing it belongs to, if it may be served at all. */
  function place(id: number, places: Places): void {
    for (const [scope, name] of places) {
      const { changes } = statements.place.run(scope, name ?? null, id)
      gains.set(scope, (gains.get(scope) ?? 0) + Number(changes))
    }
  }

  function displace(id: number): void {
    for (const [scope] of findPlaces(id)) {
      const { changes } = statements.displace.run(scope, id)
      gains.set(scope, (gains.get(scope) ?? 0) - Number(changes))
    }
  }

  function findPlaces(id: number): Places {
    const row = statements.findPlaces.get(id)
    return row ? JSON.parse(textOf(row, 'places')) : []
  }

  /**
   * Of the files that claim one address the first by path is served, a draft coming after all others
   * so that it never takes down what is published; the others are shadowed until it goes away.
   */
  function settleAddress({ locale, slug }: ArticleAddress): void {
    for (const [rank, row] of statements.listClaims.all(slug, locale).entries()) {
      const shadowed = rank === 0 ? 0 : 1
      if (row.shadowed === shadowed) continue
      const id = numberOf(row, 'id')
      statements.setShadowed.run(shadowed, id)
      if (shadowed) displace(id)
      else place(id, findPlaces(id))
    }
  }

  function removeArticle(path: string): ArticleAddress | undefined {
    const row = statements.findByPath.get(path)
    if (!row) return undefined
    const locale = locales.find((candidate) => candidate === row.locale)
    if (!locale) throw new Error(`${path} is indexed in an unknown locale`)
    const id = numberOf(row, 'id')
    if (!wordsToAdd.delete(id)) statements.search.get(locale)?.remove.run(id)
    displace(id)
    statements.removeArticle.run(id)
    return { locale, slug: textOf(row, 'slug') }
  }

  function freeId(publishedAt: number): number {
    for (let first = firstIdAt(publishedAt); ; first += idsPerMinute) {
      const last = statements.lastId.get(first, first + idsPerMinute)?.id
      if (typeof last !== 'number') return first
      if (last + 1 < first + idsPerMinute) return last + 1
    }
  }

  function addArticle(path: string, article: Article): void {
    const { locale, slug, title, description, category, tags, draft, withdrawn } = article
    const publishedAt = Date.parse(article.publishedAt)
    const id = freeId(publishedAt)
    const isOnlyClaim = statements.listClaims.get(slug, locale) === undefined
    statements.addArticle.run(
      id,
      path,
      locale,
      slug,
      publishedAt,
      article.stickyWeight,
      Number(draft),
      Number(withdrawn),
      Number(!isOnlyClaim),
    )
    const places = toPlaces(article)
    const body = toBodyColumn(article.body)
    statements.addContent.run(id, toSummaryColumn(article), JSON.stringify(places), body)
    for (const alias of new Set(article.aliases)) {
      if (alias !== slug) statements.addAlias.run(locale, alias, id)
    }
    const words = [title, description, `${category} ${tags.join(' ')}`, toPlainText(article.body)]
    wordsToAdd.set(id, { locale, texts: words.map((text) => text.normalize('NFC')) })
    if (isOnlyClaim) place(id, places)
    else settleAddress(article)
  }

  function writeFile(file: IndexedFile, problems: Problem[]): void {
    const errors = problems.filter(({ severity }) => severity === 'error').length
    statements.writeFile.run(
      file.path,
      file.fingerprint,
      file.digest,
      errors,
      problems.length - errors,
      problems.length > 0 ? JSON.stringify(problems) : null,
    )
  }

  /** Makes one change and answers the addresses at which something else may be served now. */
  function apply(change: FileChange): ArticleAddress[] {
    if (change.kind === 'touched') {
      const { fingerprint, path } = change.file
      statements.setFingerprint.run(fingerprint, path)
      return []
    }
    const path = change.kind === 'gone' ? change.path : change.file.path
    const former = removeArticle(path)
    if (change.kind === 'gone') statements.removeFile.run(path)
    if (change.kind === 'invalid') writeFile(change.file, change.problems)
    if (change.kind === 'article') {
      addArticle(path, change.article)
      writeFile(change.file, change.warnings)
    }
    if (former) settleAddress(former)
    const latter = change.kind === 'article' ? change.article : undefined
    return [former, latter]
      .filter((address) => address !== undefined)
      .map(({ locale, slug }) => ({ locale, slug }))
  }

  return {
    apply,
    /** To be called as a transaction begins. */
    begin(): void {
      scopeIds.clear()
      gains.clear()
      wordsToAdd.clear()
    },

    /**
     * To be run to its end before a transaction is committed; it yields between short steps.
     *
     * Full-text tables collect words in memory as long as their rows come in the order of their ids
     * and no other statement needs a savepoint. Otherwise they write after every row, which takes
     * ten times as long. Hence they come last.
     */
    *end(): Generator<void> {
      for (const [scope, gain] of gains) if (gain !== 0) statements.countGain.run(gain, scope)
      for (const [id, { locale, texts }] of Array.from(wordsToAdd).sort(([a], [b]) => a - b)) {
        statements.search.get(locale)?.add.run(id, ...texts)
        yield
      }
      for (const { flush } of statements.search.values()) {
        flush.run()
        yield
      }
    },

    /** In the order of their paths, from the first one after `after`. */
    listFiles: (after: string, limit: number): IndexedFile[] =>
      statements.listFiles.all(after, limit).map(toIndexedFile),
    findFile: (path: string): IndexedFile | undefined => {
      const row = statements.findFile.get(path)
      return row && toIndexedFile(row)
    },
  }
}

function toIndexedFile(row: Parameters<typeof textOf>[0]): IndexedFile {
  return {
    path: textOf(row, 'path'),
    fingerprint: textOf(row, 'fingerprint'),
    digest: textOf(row, 'digest'),
  }
}
