/**
 * Makes a value once and again only when an answer of the index may be another one: when `epoch`, as
 * `ArticleIndex.epoch`, returns another number.
 */
export function memoizePerEpoch<Value>(epoch: () => number, make: () => Value): () => Value {
  let kept: { epoch: number; value: Value } | undefined
  return () => {
    const current = epoch()
    if (kept?.epoch === current) return kept.value
    const value = make()
    kept = { epoch: current, value }
    // A promise that fails is made again by the next caller.
    if (value instanceof Promise) {
      value.catch(() => {
        if (kept?.value === value) kept = undefined
      })
    }
    return value
  }
}
