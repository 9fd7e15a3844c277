import { dump } from 'js-yaml'
import type { Article } from './article.ts'
import { frontMatterSchema } from './front-matter/front-matter.ts'

/** What ingest writes into its own files; see `ingest` in `frontMatterSchema`. */
export type IngestMark = { story: string | undefined; seal: string | undefined }

/**
 * An article → the text of its file, which `parseArticle` reads back as the same article. Fields
 * that say nothing are left out; the order is the schema’s. Slug and word count are not in the file,
 * nor is a review: only a person gives one, for one text (`reviewArticle` of the desk).
 */
export function formatArticle(
  article: Omit<Article, 'slug' | 'wordCount'>,
  mark?: IngestMark,
): string {
  const { locale, cover, ai, body, ...same } = article
  const fields: Record<string, unknown> = {
    ...same,
    lang: locale,
    coverImage: cover,
    // Where ingest wrote the file it says so also of a text that no model touched.
    ai: ai ?? (mark ? { rewritten: false } : undefined),
    noindex: same.noindex || undefined,
    withdrawn: same.withdrawn || undefined,
    ingest: mark,
  }
  const inOrder = Object.keys(frontMatterSchema.shape).map((name) => [name, fields[name]] as const)
  const said = inOrder.filter(([, value]) => value !== '' && !isEmptyList(value))
  const yaml = dump(withoutNothing(Object.fromEntries(said)), { lineWidth: -1, noRefs: true })
  return `---\n${yaml}---\n${body}`
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0

/** Undefined fields go, however deep; a mapping that is empty afterwards goes too. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([key, part]) => [key, withoutNothing(part)] as const)
    .filter(([, part]) => part !== undefined)
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}
