import { toPlainText } from '#lib/content/plain-text.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { type ArticleText, chooseCategory } from '../publish/compose-article.ts'
import type { Story } from '../story.ts'
import { escapeMarkdown, toLink } from './escape-markdown.ts'

/** Never more than this part of somebody else's text. */
const largestPart = 0.4

/**
 * An article text without a model: the story's headline, a short quotation with the source's name, and a link
 * to the rest. At most `maxWords` words and at most two fifths of the text are quoted. Search engines
 * are asked to leave it out.
 */
export function toExcerpt(
  story: Story,
  {
    maxWords,
    sections,
    draftReason,
  }: {
    maxWords: number
    sections: string[]
    draftReason: string | undefined
  },
): ArticleText {
  const { sourceReports, wholeStory } = messagesFor(story.language).retelling
  const excerpt = cutExcerpt(story.text, maxWords)
  const name = escapeMarkdown(story.source.name)
  const link = story.url === undefined ? name : toLink(story.source.name, story.url)
  const quoted = excerpt === '' ? [] : [sourceReports(name), `> ${escapeMarkdown(excerpt)}`]
  const category = chooseCategory(story, sections) ?? story.section
  return {
    title: story.title,
    description: excerpt === '' ? '' : shorten(excerpt, 200),
    body: `${[...quoted, wholeStory(link)].join('\n\n')}\n`,
    category,
    tags: story.categories,
    sentiment: story.sentiment,
    ai: undefined,
    draftReason,
    noindex: true,
  }
}

/** In characters, several times the average: a text without spaces is not one word. */
const wordLength = 25

/** Whole sentences where they fit, else words and an ellipsis. */
function cutExcerpt(markdown: string, maxWords: number): string {
  const words = toPlainText(markdown)
    .split(' ')
    .filter((word) => word !== '')
  const limit = Math.min(maxWords, Math.floor(words.length * largestPart))
  if (limit === 0) return ''
  const cut = words
    .slice(0, limit)
    .join(' ')
    .slice(0, limit * wordLength)
  const sentences = /^.*[.!?…]["”»’)]*(?=\s|$)/su.exec(cut)?.[0]
  return sentences !== undefined && sentences.split(' ').length * 2 >= limit ? sentences : `${cut}…`
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length).replace(/\s+\S*$/, '')}…`
}
