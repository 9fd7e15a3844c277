import type { AiProvenance, Article, Cover, Sentiment, Source } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import type { Story } from '../story.ts'

/** The text of an article and its metadata, from a model or an excerpt. */
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

/** A story and the text written from it → the article. */
export function composeArticle(
  story: Story,
  text: ArticleText,
  rest: {
    locale: Locale
    updatedAt: string | undefined
    cover: Cover | undefined
    alsoReportedBy: Source[]
    aliases: string[]
    proposedStoryKey: string | undefined
  },
): ComposedArticle {
  const { source, id, url, publishedAt, isSponsored } = story
  const { title, description, body, category, sentiment, ai, draftReason, noindex } = text
  const tags = isSponsored ? [...text.tags, 'SPONSORED'] : text.tags
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
    // A person reviews, never ingest: see `formatArticle`.
    reviewedBy: undefined,
    reviewedAt: undefined,
    externalId: id,
    canonicalUrl: undefined,
    aliases: rest.aliases,
    proposedStoryKey: rest.proposedStoryKey,
    corrections: [],
    noindex: noindex || isSponsored,
    draft: draftReason !== undefined,
    draftReason,
    withdrawn: false,
    body,
  }
}

/** The section: the first of the story's categories that stands in our menu, else is ours, else its first. */
export function chooseCategory(story: Story, sections: string[]): string | undefined {
  const known = story.categories.filter((name) => sections.includes(name))
  const inMenu = site().sections.filter((section) => section.inMenu)
  const isInMenu = (name: string) => inMenu.some(({ key }) => key.toUpperCase() === name)
  return known.find(isInMenu) ?? known[0] ?? story.categories[0]
}

/** One line for the front matter; undefined when there is nothing to object to. */
export function toDraftReason(faults: string[], planted: string[]): string | undefined {
  const sentences = [
    ...faults,
    ...planted.map((sentence) => `The story gives orders to a model: “${sentence.slice(0, 200)}”.`),
  ]
  return sentences.length === 0 ? undefined : sentences.slice(0, 12).join(' ').slice(0, 3000)
}
