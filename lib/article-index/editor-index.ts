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
export type EditorListing = {
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

/** Small rows; the plus in an order keeps SQLite from walking the large ones. Words name their rows. */
const tableFor = ({ text = '' }: EditorQuery) =>
  text.trim() === '' ? 'articles INDEXED BY articles_for_editors' : 'articles'

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

  function toCondition(query: EditorQuery): { sql: string; values: SQLInputValue[] } | undefined {
    const { locale, state, category, isReviewed, text = '' } = query
    const parts: string[] = []
    const values: SQLInputValue[] = []
    const add = (sql: string, ...more: SQLInputValue[]) => {
      parts.push(sql)
      values.push(...more)
    }
    if (locale !== undefined) add('locale = ?', locale)
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
    if (text.trim() !== '') {
      const words = parseQueryWords(text)
      if (words.length === 0) return undefined
      const match = words
        .map(({ text: word, isBeginning }) => `"${word}"${isBeginning ? '*' : ''}`)
        .join(' ')
      const tables = locale === undefined ? locales : [locale]
      const found = tables.map((one) => `SELECT rowid FROM ${searchTable(one)}(?)`)
      add(`articles.id IN (${found.join(' UNION ALL ')})`, ...tables.map(() => match))
    }
    return { sql: parts.length === 0 ? '1' : parts.join(' AND '), values }
  }

  function count(query: EditorQuery): number {
    const condition = toCondition(query)
    if (!condition) return 0
    const [row] = all(
      `SELECT count(*) AS count FROM ${tableFor(query)} WHERE ${condition.sql}`,
      ...condition.values,
    )
    return row ? numberOf(row, 'count') : 0
  }

  return {
    isReady: () => connect() !== undefined,
    list(query) {
      const { after = Number.MAX_SAFE_INTEGER, limit = 50 } = query
      const condition = toCondition(query)
      if (!condition) return { articles: [], articleCount: 0, next: undefined }
      const rows = all(
        `${joined} WHERE articles.id IN (SELECT id FROM ${tableFor(query)} WHERE id < ? AND ${condition.sql}
           ORDER BY +id DESC LIMIT ?) ORDER BY articles.id DESC`,
        after,
        ...condition.values,
        limit + 1,
      )
      const last = rows[limit - 1]
      return {
        articles: toArticles(rows.slice(0, limit)),
        articleCount: count(query),
        next: rows.length > limit && last ? numberOf(last, 'id') : undefined,
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
          `${joined} WHERE served = 1 AND pinned_until > ? ORDER BY locale, sticky_weight DESC`,
          Date.parse(since),
        ),
      ),
    listScheduled: (from, before) =>
      toArticles(
        all(
          `${joined} WHERE served = 1 AND published_at >= ? AND published_at < ? ORDER BY published_at`,
          Math.max(Date.parse(from), now().getTime()),
          Date.parse(before),
        ),
      ),
    listHeld(limit) {
      const condition = `${stateSql.draft} AND summary ->> 'draftReason' IS NOT NULL`
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
        `${joined} WHERE served = 1 AND published_at <= ? AND updated_at >= ? ORDER BY published_at`,
        now().getTime(),
        from,
      )
      for (const article of toArticles(recent)) {
        if (gaps.length >= limit) break
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
