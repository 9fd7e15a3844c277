import type { IngestContext } from '../ingest-context.ts'

/**
 * Calls `work` for each item, as many at a time as the model may have requests. Starts no more items
 * after `work` returns `stop` or the run is to end. Throws the first error, after the other calls have
 * ended.
 */
export async function forEachConcurrently<Item>(
  items: Item[],
  { config, llm, signal }: Pick<IngestContext, 'config' | 'llm' | 'signal'>,
  work: (item: Item) => Promise<'continue' | 'stop'>,
): Promise<void> {
  const left = items[Symbol.iterator]()
  let isStopped = false
  async function worker(): Promise<void> {
    for (const item of left) {
      if (isStopped || signal.aborted) return
      try {
        if ((await work(item)) === 'stop') isStopped = true
      } catch (cause) {
        isStopped = true
        throw cause
      }
    }
  }
  const count = llm ? config.model.atOnce : 1
  const outcomes = await Promise.allSettled(Array.from({ length: count }, worker))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}
