import { toPlainText } from '#lib/content/plain-text.ts'
import type { Story } from '../story.ts'

const gistWords = 90
/** In characters, several times what so many words have. */
const maxGistLength = 2000

/** What a story is compared by with others: its first words. */
export function toGist({ text }: Pick<Story, 'text'>): string {
  const words = toPlainText(text).split(' ').slice(0, gistWords)
  return words.join(' ').slice(0, maxGistLength)
}
