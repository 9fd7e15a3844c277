import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '#lib/node/sqlite.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { ArticleIndex } from '../article-index.ts'
import { latest } from '../store/placements.ts'
import { toArticle, toSummary } from '../store/rows.ts'
import { newestFirst } from './listings.ts'
import type { Scopes } from './scopes.ts'

export type Lookups = Pick<
  ArticleIndex,
  'findArticle' | 'findAbsence' | 'listTranslations' | 'findNeighbours'
>

export function readLookups(db: DatabaseSync, { findScope }: Scopes): Lookups {
  const summary = 'SELECT summary FROM visible_summaries'
  const findArticle = db.prepare(
    'SELECT summary, body FROM visible_texts WHERE slug = ? AND locale = ?',
  )
  const findSummary = db.prepare(`${summary} WHERE id = ?`)
  const findMoved = db.prepare(`SELECT slug FROM aliases
    JOIN visible_articles ON id = article_id AND visible_articles.locale = aliases.locale
    WHERE aliases.locale = ? AND alias = ? ORDER BY ${newestFirst} LIMIT 1`)
  const findWithdrawn = db.prepare(
    'SELECT 1 FROM withdrawn_articles WHERE slug = ? AND locale = ? LIMIT 1',
  )
  const findWithdrawnAlias = db.prepare(`SELECT 1 FROM aliases
    JOIN withdrawn_articles ON id = article_id
    WHERE alias = ? AND aliases.locale = ? LIMIT 1`)
  // Which language a refused file is in may be what is wrong with it.
  const findHolder = db.prepare(`SELECT 1 FROM main.articles WHERE slug = ?1 AND locale = ?2
    UNION ALL SELECT 1 FROM main.files WHERE refused_slug = ?1 LIMIT 1`)
  const listTranslations = db.prepare(`${summary} WHERE locale <> ?2 AND translation_key =
      coalesce(
      (SELECT translation_key FROM visible_articles WHERE slug = ?1 AND locale = ?2), ?1)
    ORDER BY locale, ${newestFirst}`)
  const findNewer = db.prepare(`SELECT article_id FROM visible_placements
    WHERE scope_id = ?1 AND published_at >= ?2 AND (published_at > ?2 OR slug < ?3)
    ORDER BY published_at, slug DESC LIMIT 1`)
  const findOlder = db.prepare(`SELECT article_id FROM visible_placements
    WHERE scope_id = ?1 AND published_at <= ?2 AND (published_at < ?2 OR slug > ?3)
    ORDER BY published_at DESC, slug LIMIT 1`)

  /** Some file is to be served there, now or later or no more: then no alias is. */
  function isHeld(locale: Locale, slug: string): boolean {
    if (findHolder.get(slug, locale)) return true
    // An article's address with `.md` is that of its Markdown.
    return (
      slug.endsWith('.md') && findHolder.get(slug.slice(0, -'.md'.length), locale) !== undefined
    )
  }

  return {
    findArticle(locale, slug) {
      const row = findArticle.get(slug, locale)
      return row && toArticle(row)
    },

    findAbsence(locale, slug) {
      if (findWithdrawn.get(slug, locale)) return { kind: 'withdrawn' }
      if (isHeld(locale, slug)) return { kind: 'unknown' }
      const moved = findMoved.get(locale, slug)
      if (moved) return { kind: 'moved', slug: textOf(moved, 'slug') }
      return findWithdrawnAlias.get(slug, locale) ? { kind: 'withdrawn' } : { kind: 'unknown' }
    },

    listTranslations({ locale, slug }) {
      const found = listTranslations.all(slug, locale).map(toSummary)
      return found.filter((one, at) => one.locale !== found[at - 1]?.locale)
    },

    findNeighbours({ locale, slug, publishedAt }) {
      const scope = findScope(locale, latest)
      const find = (statement: typeof findNewer) => {
        const found = scope && statement.get(scope.id, Date.parse(publishedAt), slug)
        const row = found && findSummary.get(numberOf(found, 'article_id'))
        return row && toSummary(row)
      }
      return { newer: find(findNewer), older: find(findOlder) }
    },
  }
}
