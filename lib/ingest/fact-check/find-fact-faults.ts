import type { Story } from '../story.ts'
import { findMissingFacts } from './find-missing-facts.ts'
import { toSourceFacts } from './source-facts.ts'

const kinds = {
  number: 'The number',
  date: 'The date',
  ticker: 'The ticker',
  name: 'The name',
  quotation: 'The quotation',
}

/**
 * Sentences about every fact of the texts that does not stand in the story: for the model that is to
 * repair them, and for the editor who finds the draft. The story's own source, authors and day of
 * publication count as said.
 */
export function findFactFaults(texts: string[], story: Story): string[] {
  const { source, authors, publishedAt, title, text } = story
  const said = [title, text, source.name, ...authors, toDay(publishedAt), toWeekday(publishedAt)]
  const base = toSourceFacts(said.join('\n'))
  return toSentences(texts, (part) => findMissingFacts(part, base, { isTranslation: false }))
}

/** The same for a translation, held against what was translated. */
export function findTranslationFaults(texts: string[], original: string): string[] {
  const base = toSourceFacts(original)
  return toSentences(texts, (part) => findMissingFacts(part, base, { isTranslation: true }))
}

function toSentences(
  texts: string[],
  find: (part: string) => ReturnType<typeof findMissingFacts>,
): string[] {
  const missing = find(texts.join('\n'))
  return missing.map(
    ({ kind, text }) => `${kinds[kind]} “${text.slice(0, 200)}” does not stand in the story.`,
  )
}

function toDay(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

function toWeekday(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' })
}
