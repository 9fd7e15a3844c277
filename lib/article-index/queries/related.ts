import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '#lib/node/sqlite.ts'
import type { ArticleIndex } from '../article-index.ts'
import { latest, listPlacements, type Placement } from '../store/placements.ts'
import { toSummary } from '../store/rows.ts'
import { newestFirst } from './listings.ts'
import type { Scopes } from './scopes.ts'

/** How many of the newest articles of each shared tag or category are compared. */
const candidatesPerScope = 60
const longestTagList = 12
const recencyHalfLife = 90 * 86_400_000

/**
 * A shared tag counts the more the fewer articles carry it; the category counts half. Being new adds
 * at most half of what a tag carried by one article in three does.
 */
export function readRelated(
  db: DatabaseSync,
  { findScope }: Scopes,
): Pick<ArticleIndex, 'listRelated'> {
  const listNewest = db.prepare(`SELECT article_id, published_at, slug FROM visible_placements
    WHERE scope_id = ? ORDER BY ${newestFirst} LIMIT ${candidatesPerScope}`)
  const findSummary = db.prepare('SELECT summary FROM visible_summaries WHERE id = ?')

  return {
    listRelated(article, limit) {
      const total = findScope(article.locale, latest)?.servedCount ?? 0
      const likeness = new Map<number, { score: number; publishedAt: number; slug: string }>()
      for (const placement of listPlacements(article)
        .filter(isShareable)
        .slice(0, longestTagList)) {
        const scope = findScope(article.locale, placement)
        if (!scope) continue
        const rarity = Math.log(1 + total / Math.max(1, scope.servedCount))
        const weight = placement.kind === 'category' ? rarity / 2 : rarity
        for (const row of listNewest.all(scope.id)) {
          const id = numberOf(row, 'article_id')
          const publishedAt = numberOf(row, 'published_at')
          const score = (likeness.get(id)?.score ?? 0) + weight
          likeness.set(id, { score, publishedAt, slug: textOf(row, 'slug') })
        }
      }
      const newest = Math.max(0, ...Array.from(likeness.values(), (one) => one.publishedAt))
      const ranked = Array.from(likeness, ([id, { score, publishedAt, slug }]) => ({
        id,
        slug,
        score: score + 0.7 * 2 ** ((publishedAt - newest) / recencyHalfLife),
      })).sort((a, b) => b.score - a.score || (a.slug < b.slug ? -1 : 1))
      return ranked
        .slice(0, limit + 1)
        .map(({ id }) => findSummary.get(id))
        .filter((row) => row !== undefined)
        .map(toSummary)
        .filter(({ slug }) => slug !== article.slug)
        .slice(0, limit)
    },
  }
}

function isShareable({ kind }: Placement): boolean {
  return kind === 'category' || kind === 'tag'
}
