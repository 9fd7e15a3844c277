import { stringify } from 'yaml'
import type { ArticleSummary } from '#lib/content/article.ts'
import { isSlug, toArticlePath } from '#lib/content/article-identity.ts'
import { toSlug } from '#lib/content/to-slug.ts'
import type { Locale } from '#lib/site/locales.ts'

export type NewArticle = {
  title: string
  locale: Locale
  /** Left out: the section of the original. */
  category?: string | undefined
  description?: string | undefined
  /** Left out: those of the original. */
  tags?: string[] | undefined
  /** Left out: that of the original, else one that is made from the title. */
  slug?: string | undefined
  /** What the new article translates: slug, section, tags and cover come from it. */
  original?:
    | Pick<ArticleSummary, 'locale' | 'slug' | 'translationKey' | 'category' | 'tags' | 'cover'>
    | undefined
  /** Markdown. A file without a text is a draft. */
  body?: string | undefined
  isDraft?: boolean | undefined
}

/** The body of a new file without a text. */
const placeholder = 'The text goes here.\n'

/** A new article's file, which passes the check, or what is missing for one. Writes nothing. */
export function composeNewArticle(
  { title, locale, description, original, body, isDraft, ...given }: NewArticle,
  now: Date,
):
  | { path: string; slug: string; text: string }
  | { fault: 'no-title' | 'same-language' | 'no-section' | 'no-slug' } {
  if (title.trim() === '') return { fault: 'no-title' }
  if (original?.locale === locale) return { fault: 'same-language' }
  const category = given.category ?? original?.category
  if (category === undefined) return { fault: 'no-section' }
  const slug = (given.slug ?? original?.slug ?? toSlug(title)).normalize('NFC')
  if (!isSlug(slug)) return { fault: 'no-slug' }
  const publishedAt = now.toISOString()
  // Without a key, a file pairs with those of its own name.
  const pairKey = original?.translationKey ?? original?.slug
  const tags = given.tags ?? original?.tags
  const fields = {
    title,
    description,
    publishedAt,
    lang: locale,
    category,
    tags: tags?.length ? tags : undefined,
    translationKey: pairKey === slug ? undefined : pairKey,
    coverImage: original?.cover,
    draft: isDraft || body === undefined || undefined,
  }
  const text = `---\n${stringify(fields, { lineWidth: 0 })}---\n${body ?? placeholder}`
  return { path: toArticlePath(locale, publishedAt, slug), slug, text }
}
