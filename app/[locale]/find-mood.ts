import type { MoodCounts, PageIndex } from '#lib/article-index/article-index.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type MoodScope, type MoodSpan, stripSpans, usualSpan } from '#lib/site/mood.ts'

/** The mood of a listing over the shortest span in which an article was judged. */
export function findMood(
  index: Pick<PageIndex, 'countMood'>,
  locale: Locale,
  scope: MoodScope,
): { span: MoodSpan; counts: MoodCounts } {
  for (const span of stripSpans) {
    const counts = index.countMood({ locale, scope, span })
    if (Object.values(counts).some((count) => count > 0)) return { span, counts }
  }
  return { span: usualSpan, counts: { positive: 0, neutral: 0, negative: 0 } }
}
