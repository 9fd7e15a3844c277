import type { IngestContext } from '../ingest-context.ts'

/**
 * Works through a list with as many at a time as the model may be asked; begins nothing more once
 * somebody says stop, or the run is to end. Throws the first thing that is thrown, after the others
 * have ended.
 */
export async function forEachConcurrently<Piece>(
  pieces: Piece[],
  { config, model, signal }: Pick<IngestContext, 'config' | 'model' | 'signal'>,
  work: (piece: Piece) => Promise<'go on' | 'stop'>,
): Promise<void> {
  const left = pieces[Symbol.iterator]()
  let isStopped = false
  async function worker(): Promise<void> {
    for (const piece of left) {
      if (isStopped || signal.aborted) return
      try {
        if ((await work(piece)) === 'stop') isStopped = true
      } catch (cause) {
        isStopped = true
        throw cause
      }
    }
  }
  const count = model ? config.model.atOnce : 1
  const outcomes = await Promise.allSettled(Array.from({ length: count }, worker))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}
