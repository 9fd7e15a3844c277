import { createElement } from 'react'
import type { HighlightedText } from '#lib/article-index/article-index.ts'

/** Text with what matched marked. */
export function Highlighted({ text }: { text: HighlightedText }) {
  // Children as arguments need no keys: the runs of a text have no identity but their place.
  const runs = text.map(({ text: run, isMatch }) =>
    isMatch ? createElement('mark', {}, run) : run,
  )
  return createElement('span', {}, ...runs)
}
