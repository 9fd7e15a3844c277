import type { Locale } from '#lib/site/locales.ts'

/** The first sentence of a text; all of it where it has no end. */
export function firstSentence(locale: Locale, text: string): string {
  const [first] = new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)
  return first?.segment.trim() ?? ''
}
