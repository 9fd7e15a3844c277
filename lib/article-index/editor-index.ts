import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { ArticleSummary } from '#lib/content/article.ts'
import type { Problem } from '#lib/content/problem.ts'
import { numberOf, type Row, textOf, UnusableDatabaseError } from '#lib/node/sqlite.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { parseQueryWords } from './search/query-words.ts'
import { inodeOf, openDatabaseReader } from './store/database-file.ts'
import { toSummary } from './store/rows.ts'
import { searchTable } from './store/schema.ts'

/**
 * The state of an article's file for its editors. `rejected`: a draft that an editor keeps from being
 * published. `shadowed`: another file has its slug and language, and is served instead.
 */
export const editorStates = [
  'published',
  'scheduled',
  'draft',
  'rejected',
  'withdrawn',
  'shadowed',
] as const
export type EditorState = (typeof editorStates)[number]

/** An article with its file and its state, whether readers see it or not. */
export type EditorArticle = ArticleSummary & { path: string; state: EditorState }

export type EditorQuery = {
  locale?: Locale | undefined
  state?: EditorState | undefined
  /** The segment of a section, such as `markets`. */
  category?: string | undefined
  /** false: texts that a model wrote or translated and nobody has reviewed. */
  isReviewed?: boolean | undefined
  /** Words of title, description, tags and body; the last one may be the beginning of a word. */
  text?: string | undefined
  /** From this place on, as `next` of the page before says. */
  after?: number | undefined
  limit?: number | undefined
}

/** Newest first. `next` goes into the next query; undefined when there is no more. */
type EditorListing = {
  articles: EditorArticle[]
  articleCount: number
  next: number | undefined
}

/** A file that cannot become what it should be, with its errors. */
export type BrokenFile = { path: string; problems: Problem[] }

/** Two versions of an article of which one has changed later, or an article that has none in a language. */
export type TranslationGap = {
  article: EditorArticle
  locale: Locale
  /** The version in that language that is older; undefined when there is none. */
  translation: EditorArticle | undefined
}

/**
 * Every article that the index holds, also those that nobody is served: for the desk and the shell alone.
 * Pages and documents ask `ArticleIndex`, which has only what is visible. A draft, a scheduled or
 * withdrawn article is in the index like any other; a file that cannot be read is there by its path and
 * its problems.
 */
export type EditorIndex = {
  /** Whether there is an index that this code can read. Without one, lists are empty. */
  isReady(): boolean
  list(query: EditorQuery): EditorListing
  count(query: EditorQuery): number
  find(path: string): EditorArticle | undefined
  /** Those with this slug, in every language. */
  listNamed(slug: string): EditorArticle[]
  /** All versions of an article, one a language at most, the article itself among them. */
  listVersions(article: Pick<ArticleSummary, 'slug' | 'translationKey'>): EditorArticle[]
  /** Those that are pinned or were until `since`, a UTC instant. */
  listPins(since: string): EditorArticle[]
  /** Those that appear between two UTC instants, the first first. */
  listScheduled(from: string, before: string): EditorArticle[]
  /** Drafts that say why they are drafts, the oldest first, and how many there are. */
  listHeld(limit: number): Omit<EditorListing, 'next'>
  /** Files with errors. */
  listBroken(limit: number): BrokenFile[]
  /** Of articles that were published or updated since a UTC instant, the oldest first. */
  listTranslationGaps(since: string, limit: number): TranslationGap[]
  /** Articles that have a tag, in any language and state, by its segment. */
  listTagged(segment: string): EditorArticle[]
  close(): void
}

const columns = 'articles.id, path, draft, withdrawn, shadowed, published_at, summary'
const joined = `SELECT ${columns} FROM articles JOIN summaries ON article_id = articles.id`

/** Small rows; the plus in an order keeps SQLite from walking the large ones. */
const small = 'articles INDEXED BY articles_for_editors'

/** What the SQL of a state is; `?` is the time. */
const stateSql: Record<EditorState, string> = {
  shadowed: 'shadowed = 1',
  rejected: 'shadowed = 0 AND draft = 1 AND withdrawn = 1',
  withdrawn: 'shadowed = 0 AND draft = 0 AND withdrawn = 1',
  draft: 'shadowed = 0 AND draft = 1 AND withdrawn = 0',
  scheduled: 'shadowed = 0 AND draft = 0 AND withdrawn = 0 AND published_at > ?',
  published: 'shadowed = 0 AND draft = 0 AND withdrawn = 0 AND published_at <= ?',
}

/**
 * Opens the index for its editors. The file may not be there yet, and may be replaced by another: each
 * query looks. Without a file, lists are empty.
 */
export function openEditorIndex(path: string, now: () => Date): EditorIndex {
  let open: { db: DatabaseSync; inode: number | undefined } | undefined

  function connect(): DatabaseSync | undefined {
    const inode = inodeOf(path)
    if (open && open.inode === inode) return open.db
    open?.db.close()
    open = undefined
    if (inode === undefined) return undefined
    try {
      open = { db: openDatabaseReader(path), inode }
    } catch (cause) {
      // Of another version: the site makes it again when it starts.
      if (!(cause instanceof UnusableDatabaseError)) throw cause
    }
    return open?.db
  }

  const all = (sql: string, ...values: SQLInputValue[]): Row[] =>
    connect()
      ?.prepare(sql)
      .all(...values) ?? []
  const toArticles = (rows: Row[]) => rows.map((row) => toEditorArticle(row, now()))

  /** What a query asks besides its words. The language is that of the tables that are searched. */
  function toCondition({ locale, state, category, isReviewed, text = '' }: EditorQuery): {
    sql: string
    values: SQLInputValue[]
  } {
    const parts: string[] = []
    const values: SQLInputValue[] = []
    const add = (sql: string, ...more: SQLInputValue[]) => {
      parts.push(sql)
      values.push(...more)
    }
    if (locale !== undefined && text.trim() === '') add('locale = ?', locale)
    if (state !== undefined) {
      const needsTime = state === 'scheduled' || state === 'published'
      add(stateSql[state], ...(needsTime ? [now().getTime()] : []))
    }
    if (category !== undefined) {
      add(
        `category_scope IN (SELECT id FROM scopes WHERE kind = 'category' AND segment = ?)`,
        category,
      )
    }
    if (isReviewed !== undefined) add('reviewed = ?', Number(isReviewed))
    return { sql: parts.length === 0 ? '1' : parts.join(' AND '), values }
  }

  /** The words as the tables take them; undefined for a text without any. */
  function toMatch(text: string): string | undefined {
    const words = parseQueryWords(text).map(
      ({ text: word, isBeginning }) => `"${word}"${isBeginning ? '*' : ''}`,
    )
    return words.length === 0 ? undefined : words.join(' ')
  }

  const tablesOf = ({ locale }: EditorQuery) =>
    (locale === undefined ? locales : [locale]).map((locale) => searchTable(locale))

  /** At most `limit` ids below `after`, the newest first. */
  function listIds(query: EditorQuery, after: number, limit: number): number[] {
    const { sql, values } = toCondition(query)
    const { text = '' } = query
    const idsOf = (rows: Row[]) => rows.map((row) => numberOf(row, 'id'))
    if (text.trim() === '') {
      const found = `SELECT id FROM ${small} WHERE id < ? AND ${sql} ORDER BY +id DESC LIMIT ?`
      return idsOf(all(found, after, ...values, limit))
    }
    const match = toMatch(text)
    if (match === undefined) return []
    // The tables give their rows in order: of a word that stands everywhere the first ones are enough.
    return tablesOf(query)
      .flatMap((table) =>
        idsOf(
          all(
            `SELECT found.rowid AS id FROM ${table}(?) AS found
               CROSS JOIN articles ON articles.id = found.rowid
             WHERE found.rowid < ? AND ${sql} ORDER BY found.rowid DESC LIMIT ?`,
            match,
            after,
            ...values,
            limit,
          ),
        ),
      )
      .sort((a, b) => b - a)
      .slice(0, limit)
  }

  function count(query: EditorQuery): number {
    const { sql, values } = toCondition(query)
    const { text = '' } = query
    const sum = (rows: Row[]) => rows.reduce((total, row) => total + numberOf(row, 'count'), 0)
    if (text.trim() === '') {
      return sum(all(`SELECT count(*) AS count FROM ${small} WHERE ${sql}`, ...values))
    }
    const match = toMatch(text)
    if (match === undefined) return 0
    const tables = tablesOf(query)
    const matches = tables.map(() => match)
    if (sql === '1') {
      const counts = tables.map((table) => `SELECT count(*) AS count FROM ${table}(?)`)
      return sum(all(counts.join(' UNION ALL '), ...matches))
    }
    const found = tables.map((table) => `SELECT rowid FROM ${table}(?)`).join(' UNION ALL ')
    return sum(
      all(
        `SELECT count(*) AS count FROM ${small} WHERE ${sql} AND +articles.id IN (${found})`,
        ...values,
        ...matches,
      ),
    )
  }

  const toArticlesById = (ids: number[]) =>
    toArticles(
      all(
        `${joined} WHERE articles.id IN (SELECT value FROM json_each(?)) ORDER BY articles.id DESC`,
        JSON.stringify(ids),
      ),
    )

  return {
    isReady: () => connect() !== undefined,
    list(query) {
      const { after = Number.MAX_SAFE_INTEGER, limit = 50 } = query
      const ids = listIds(query, after, limit + 1)
      return {
        articles: toArticlesById(ids.slice(0, limit)),
        articleCount: count(query),
        next: ids.length > limit ? ids[limit - 1] : undefined,
      }
    },
    count,
    find: (file) => toArticles(all(`${joined} WHERE path = ?`, file))[0],
    listNamed: (slug) => toArticles(all(`${joined} WHERE slug = ? ORDER BY shadowed`, slug)),
    listVersions: ({ slug, translationKey = slug }) =>
      toArticles(all(`${joined} WHERE translation_key = ? ORDER BY locale`, translationKey)),
    listPins: (since) =>
      toArticles(
        all(
          // `> 0` lets SQLite use the index of pins alone.
          `${joined} WHERE served = 1 AND pinned_until > 0 AND pinned_until > ?
             ORDER BY locale, sticky_weight DESC`,
          Date.parse(since),
        ),
      ),
    listScheduled: (from, before) =>
      toArticles(
        all(
          `${joined} WHERE articles.id IN (SELECT id FROM ${small}
             WHERE shadowed = 0 AND draft = 0 AND withdrawn = 0 AND published_at >= ? AND published_at < ?)
           ORDER BY published_at, path`,
          Math.max(Date.parse(from), now().getTime()),
          Date.parse(before),
        ),
      ),
    listHeld(limit) {
      const condition = `articles.id IN (SELECT id FROM ${small} WHERE ${stateSql.draft})
        AND summary ->> 'draftReason' IS NOT NULL`
      const [row] = all(
        `SELECT count(*) AS count FROM articles JOIN summaries ON article_id = articles.id WHERE ${condition}`,
      )
      const rows = all(`${joined} WHERE ${condition} ORDER BY articles.id LIMIT ?`, limit)
      return { articles: toArticles(rows), articleCount: row ? numberOf(row, 'count') : 0 }
    },
    listBroken: (limit) =>
      all(
        'SELECT path, problems FROM files WHERE problems IS NOT NULL AND error_count > 0 ORDER BY path LIMIT ?',
        limit,
      ).map((row) => ({
        path: textOf(row, 'path'),
        problems: (JSON.parse(textOf(row, 'problems')) as Problem[]).filter(
          ({ severity }) => severity === 'error',
        ),
      })),
    listTranslationGaps(since, limit) {
      const from = Date.parse(since)
      const gaps: TranslationGap[] = []
      const recent = all(
        `${joined} WHERE served = 1 AND published_at <= ? AND updated_at >= ? ORDER BY published_at, path`,
        now().getTime(),
        from,
      )
      for (const row of recent) {
        if (gaps.length >= limit) break
        const article = toEditorArticle(row, now())
        const { slug, translationKey = slug } = article
        const versions = toArticles(
          all(`${joined} WHERE translation_key = ? AND shadowed = 0`, translationKey),
        )
        for (const locale of locales) {
          if (locale === article.locale) continue
          const translation = versions.find((one) => one.locale === locale)
          if (isGap(article, translation)) gaps.push({ article, locale, translation })
        }
      }
      return gaps.slice(0, limit)
    },
    listTagged(segment) {
      const scopes = all(`SELECT id FROM scopes WHERE kind = 'tag' AND segment = ?`, segment)
      if (scopes.length === 0) return []
      // Ids and names of its listings, as JSON: `[[12,"GOLD"],…]`.
      const patterns = scopes.map((row) => `%[${numberOf(row, 'id')},%`)
      const condition = patterns.map(() => 'scopes LIKE ?').join(' OR ')
      return toArticles(all(`${joined} WHERE ${condition} ORDER BY path`, ...patterns))
    },
    close: () => open?.db.close(),
  }
}

/** A version that is missing, or that is older than a later edition of an article it does not come from. */
function isGap(article: EditorArticle, translation: EditorArticle | undefined): boolean {
  if (!translation) return true
  if (translation.state === 'withdrawn' || translation.state === 'rejected') return false
  const isOriginal = article.ai?.translatedFrom !== translation.locale
  return isOriginal && translation.updatedAt < article.updatedAt
}

function toEditorArticle(row: Row, now: Date): EditorArticle {
  return { ...toSummary(row), path: textOf(row, 'path'), state: toState(row, now) }
}

function toState(row: Row, now: Date): EditorState {
  if (row.shadowed === 1) return 'shadowed'
  if (row.withdrawn === 1) return row.draft === 1 ? 'rejected' : 'withdrawn'
  if (row.draft === 1) return 'draft'
  return numberOf(row, 'published_at') > now.getTime() ? 'scheduled' : 'published'
}
