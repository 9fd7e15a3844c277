import { z } from 'zod'
import type { Article } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { escapeMarkdown, unescapeMarkdown } from './escape-markdown.ts'

const text = (maxLength: number) => z.string().trim().min(1).max(maxLength)

/** The parts of an article as a model gives them: plain text, no Markdown. */
export const articlePartsSchema = z.object({
  title: text(200).describe('The headline, one line, without a full stop.'),
  description: text(400).describe('One or two plain sentences that stand under the headline.'),
  overview: text(1500).describe('What it is about, in one short paragraph.'),
  whatHappened: text(3000).describe('What happened, in one to three paragraphs.'),
  whyItMatters: text(3000).describe('Why it matters, in one or two paragraphs.'),
  impact: z.array(text(600)).min(1).max(6).describe('What may follow, two to five points.'),
})

export type ArticleParts = z.output<typeof articlePartsSchema>

/** The body of an article: four headings, paragraphs, and a list at the end. */
export function toBody(parts: ArticleParts, locale: Locale): string {
  const { overview, whatHappened, whyItMatters, impact } = messagesFor(locale).retelling
  return [
    `## ${overview}`,
    toParagraphs(parts.overview),
    `## ${whatHappened}`,
    toParagraphs(parts.whatHappened),
    `## ${whyItMatters}`,
    toParagraphs(parts.whyItMatters),
    `## ${impact}`,
    parts.impact.map((point) => `- ${escapeMarkdown(point)}`).join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

function toParagraphs(part: string): string {
  return part
    .split(/\n\s*\n/)
    .map((paragraph) => escapeMarkdown(paragraph.trim()))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
}

/** The parts of an article that `toBody` wrote; undefined when it has another form. */
export function parseBody(
  { title, description, body }: Pick<Article, 'title' | 'description' | 'body'>,
  locale: Locale,
): ArticleParts | undefined {
  const sections = body.split(/^## (.+)$/m).slice(1)
  const headings = sections.filter((_, at) => at % 2 === 0)
  const texts = sections.filter((_, at) => at % 2 === 1).map((text) => text.trim())
  const [overview = '', whatHappened = '', whyItMatters = '', impact = ''] = texts
  const own = messagesFor(locale).retelling
  const known = [own.overview, own.whatHappened, own.whyItMatters, own.impact]
  // Articles from before have their headings in other capitals.
  if (headings.join('|').toLowerCase() !== known.join('|').toLowerCase()) return undefined
  const points = impact.split(/^- /m).slice(1)
  const plain = mapTexts(
    { title: '', description: '', overview, whatHappened, whyItMatters, impact: points },
    (text) => unescapeMarkdown(text).trim(),
  )
  return articlePartsSchema.safeParse({ ...plain, title, description: description || title }).data
}

/** Every text of the parts, for the fact check. */
export function listTexts(parts: ArticleParts): string[] {
  const { title, description, overview, whatHappened, whyItMatters, impact } = parts
  return [title, description, overview, whatHappened, whyItMatters, ...impact]
}

/** Every text of the parts with the name of its field, for messages. */
export function listFields(parts: ArticleParts): { name: string; text: string }[] {
  const { impact, ...fields } = parts
  return [
    ...Object.entries(fields).map(([name, text]) => ({ name: `The field ${name}`, text })),
    { name: 'The field impact', text: impact.join('\n') },
  ]
}

/** Every text of the parts, changed in the same way. */
export function mapTexts(parts: ArticleParts, change: (text: string) => string): ArticleParts {
  const { title, description, overview, whatHappened, whyItMatters, impact } = parts
  return {
    title: change(title),
    description: change(description),
    overview: change(overview),
    whatHappened: change(whatHappened),
    whyItMatters: change(whyItMatters),
    impact: impact.map(change),
  }
}
