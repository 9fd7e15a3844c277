import type { ArticleIndex } from '#lib/article-index/article-index.ts'

/** Makes a value once and again only when an answer of the index may be another one. */
export function memoizePerEpoch<Value>(
  index: Pick<ArticleIndex, 'epoch'>,
  make: () => Value,
): () => Value {
  let kept: { epoch: number; value: Value } | undefined
  return () => {
    const epoch = index.epoch()
    if (kept?.epoch === epoch) return kept.value
    const value = make()
    kept = { epoch, value }
    // What failed is tried again by whoever asks next.
    if (value instanceof Promise) {
      value.catch(() => {
        if (kept?.value === value) kept = undefined
      })
    }
    return value
  }
}
