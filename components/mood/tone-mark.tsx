import type { Tone } from '#lib/site/mood.ts'

/** A small square drawn as the tone is drawn in charts. */
export function ToneMark({ tone }: { tone: Tone }) {
  return (
    <svg className="tone-mark" width="12" height="12" aria-hidden="true">
      <rect className={`tone-${tone}`} width="12" height="12" />
    </svg>
  )
}

/** The patterns that charts are filled with; once on a page that has any. */
export function TonePatterns() {
  return (
    <svg className="tone-patterns" width="0" height="0" aria-hidden="true">
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
