import { createSeededRandom } from '#lib/covers/art/seeded-random.ts'
import type { FeedSample } from '../../evals/test-servers/feed-documents.ts'

const consonants = 'bcdfghklmnprstvwxz'
const vowels = 'aeiouy'

/** Stories that have nothing in common; the same seed gives the same ones. */
export function makeUpStories(seed: string, count: number): FeedSample[] {
  const random = createSeededRandom(seed)
  const letter = (from: string) => from[random.integer(0, from.length - 1)] ?? 'a'
  const word = () =>
    Array.from({ length: random.integer(2, 4) }, () => letter(consonants) + letter(vowels)).join('')
  const words = (howMany: number) => Array.from({ length: howMany }, word).join(' ')
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  return Array.from({ length: count }, (_, number) => ({
    id: `${seed}-${number}`,
    url: `https://${seed}.example/${number}`,
    title: `${capital(words(2))} ${capital(word())} ${words(3)}`,
    text: `<p>${capital(words(30))}.</p><p>${capital(words(40))} <a href="https://${seed}.example/x?utm_source=a">${word()}</a>.</p>`,
    publishedAt: new Date(Date.parse('2026-11-20T00:00:00Z') - number * 60_000).toISOString(),
  }))
}
