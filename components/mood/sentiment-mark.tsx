import type { SentimentSegment } from '#lib/site/addresses/article-filter.ts'

/** A small square drawn as the sentiment is drawn in charts. */
export function SentimentMark({ sentiment }: { sentiment: SentimentSegment }) {
  return (
    <svg className="sentiment-mark" width="12" height="12" aria-hidden="true">
      <rect className={`sentiment-${sentiment}`} width="12" height="12" />
    </svg>
  )
}

/** The patterns that charts are filled with; once on a page that has any. */
export function SentimentPatterns() {
  return (
    <svg className="sentiment-patterns" width="0" height="0" aria-hidden="true">
      <pattern
        id="_hatch"
        width="4"
        height="4"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M0 0h2.2v4H0z" />
      </pattern>
    </svg>
  )
}
