import type { Sentiment } from '#lib/content/article.ts'
import type { Tone } from '#lib/site/mood.ts'

/** How tones are kept. */
export const toneCodes: Record<Sentiment, number> = { NEGATIVE: -1, NEUTRAL: 0, POSITIVE: 1 }

export const codeOfTone: Record<Tone, number> = {
  positive: toneCodes.POSITIVE,
  neutral: toneCodes.NEUTRAL,
  negative: toneCodes.NEGATIVE,
}
