import { repairEncoding } from '#lib/content/encoding/repair-encoding.ts'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import { isLocale } from '#lib/site/locales.ts'
import { toSegment } from '#lib/site/segment.ts'
import type { IdentifiedStory, RawStory, Story } from '../story.ts'
import { cleanAuthors } from './clean-authors.ts'
import { htmlToMarkdown } from './html-to-markdown.ts'
import { toStoryId } from './story-identity.ts'
import { toStoryInstant } from './story-instant.ts'
import { stripTrackers } from './story-url.ts'
import { toTitleText } from './title-text.ts'

/**
 * A story of this pipeline, or why there is none: `rejection` is final, `hold` lasts until the source
 * sends something else. A story that is held for its date alone has an empty `publishedAt`.
 */
export type CleanedStory =
  | { story: Story; lead: string; hold?: string }
  | { rejection: string }
  | { hold: string; story?: undefined; lead?: undefined }

/**
 * A raw story → a story: HTML becomes Markdown, broken encodings are mended, addresses lose their
 * trackers, dates become instants, authors become names. A story whose date is unknown is held. `section` is the category of a story that names none.
 */
export function cleanStory(
  raw: RawStory | IdentifiedStory,
  { seenAt, section }: { seenAt: string; section: string },
): CleanedStory {
  const url = raw.url === undefined ? undefined : stripTrackers(raw.url)
  const id = 'storyId' in raw ? raw.storyId : toStoryId(raw)
  if (id === undefined) return { rejection: 'has neither an id nor an address' }
  if (!isLocale(raw.language))
    return { rejection: `is in ${raw.language}, which we do not publish` }
  const text = repairEncoding(htmlToMarkdown(raw.html, raw.base ?? url))
  const title = cleanTitle(raw.title) || cleanLine(toPlainText(text)).slice(0, 100)
  if (title === '') return { rejection: 'has neither a title nor a text' }
  // A letter or a figure that could not be decoded.
  if (`${title}${text}`.includes('\uFFFD')) return { hold: 'has characters that cannot be read' }
  const instant = toStoryInstant(raw, { language: raw.language, seenAt })
  const story: Story = {
    source: { ...raw.source, name: cleanLine(raw.source.name) || raw.source.key },
    id,
    url,
    title,
    text,
    authors: cleanAuthors(raw.authors),
    publishedAt: 'at' in instant ? instant.at : '',
    categories: cleanCategories(raw.categories),
    sentiment: toSentiment(raw.sentiment),
    score: Number.isFinite(raw.score) ? (raw.score ?? 0) : 0,
    language: raw.language,
    section,
    isSponsored: raw.isSponsored,
  }
  const cleaned = { story, lead: toLead(story) }
  return 'unknown' in instant ? { ...cleaned, hold: instant.unknown } : cleaned
}

/** In characters. */
const maxTitleLength = 300

function cleanTitle(written: string): string {
  const text = repairEncoding(toTitleText(written, { isHtml: false }))
  // Cleaned again, because the cut may leave half a character.
  return cleanLine(cleanLine(text.replace(/\s+/g, ' ')).slice(0, maxTitleLength))
}

function cleanCategories(names: string[]): string[] {
  const kept = new Map<string, string>()
  for (const name of names.slice(0, 100)) {
    const clean = cleanLine(repairEncoding(name.slice(0, 500)))
      .toUpperCase()
      .slice(0, 60)
    const segment = toSegment(clean)
    if (segment !== '' && !kept.has(segment)) kept.set(segment, clean)
  }
  return [...kept.values()].slice(0, 12)
}

function toSentiment(text: string | undefined): Story['sentiment'] {
  const upper = text?.trim().toUpperCase()
  return upper === 'POSITIVE' || upper === 'NEGATIVE' || upper === 'NEUTRAL' ? upper : undefined
}

const leadWords = 90
/** In characters, several times what so many words have. */
const maxLeadLength = 2000

/** What a story is compared by with others: its first words. */
export function toLead({ text }: Pick<Story, 'text'>): string {
  const words = toPlainText(text).split(' ').slice(0, leadWords)
  return words.join(' ').slice(0, maxLeadLength)
}
