import { toPlainText } from '#lib/content/plain-text.ts'
import type { Story } from '../story.ts'

const leadWords = 90
/** In characters, several times what so many words have. */
const maxLeadLength = 2000

/** What a story is compared by with others: its first words. */
export function toLead({ text }: Pick<Story, 'text'>): string {
  const words = toPlainText(text).split(' ').slice(0, leadWords)
  return words.join(' ').slice(0, maxLeadLength)
}
