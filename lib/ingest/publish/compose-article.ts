import type { AiProvenance, Article, Cover, Sentiment, Source } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { Story } from '../story.ts'

/** What is said of a story, by a model or in an excerpt. */
export type ArticleText = {
  title: string
  description: string
  /** Markdown. */
  body: string
  category: string
  tags: string[]
  sentiment: Sentiment | undefined
  ai: AiProvenance | undefined
  /** Why it must not be published as it is. */
  draftReason: string | undefined
  noindex: boolean
}

/** An article as it is written: its slug is in its path, its words are counted when it is read. */
export type ComposedArticle = Omit<Article, 'slug' | 'wordCount'>

/** A story and what is said of it → the article. */
export function composeArticle(
  story: Story,
  telling: ArticleText,
  rest: {
    locale: Locale
    updatedAt: string | undefined
    cover: Cover | undefined
    alsoReportedBy: Source[]
    aliases: string[]
  },
): ComposedArticle {
  const { source, id, url, publishedAt, isSponsored } = story
  const { title, description, body, category, sentiment, ai, draftReason, noindex } = telling
  const tags = isSponsored ? [...telling.tags, 'SPONSORED'] : telling.tags
  return {
    locale: rest.locale,
    title,
    description,
    publishedAt,
    updatedAt: rest.updatedAt ?? publishedAt,
    category,
    tags,
    source: { ...source, url },
    alsoReportedBy: rest.alsoReportedBy,
    authors: story.authors,
    stickyWeight: 0,
    sentiment,
    score: story.score,
    cover: rest.cover,
    ai,
    externalId: id,
    canonicalUrl: undefined,
    aliases: rest.aliases,
    corrections: [],
    noindex: noindex || isSponsored,
    draft: draftReason !== undefined,
    draftReason,
    withdrawn: false,
    body,
  }
}

/** The section: the first of the story's categories that is one of ours, else its first. */
export function chooseCategory(story: Story, sections: string[]): string | undefined {
  return story.categories.find((name) => sections.includes(name)) ?? story.categories[0]
}
