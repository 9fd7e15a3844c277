import type { IngestContext } from '../ingest-context.ts'
import { forEachConcurrently } from '../llm/for-each-concurrently.ts'
import { LlmStopped } from '../llm/llm-errors.ts'
import { addProblem, type PassResults } from '../pass-results.ts'
import { retryLaterOrSkip, translateArticle } from './translate-article.ts'

/**
 * Translates what is still to be translated. Originals are published by now. An article that cannot be
 * read, or a translation that cannot be written, is named in the report; the others go on.
 */
export async function translateArticles(
  context: IngestContext,
  results: PassResults,
): Promise<void> {
  const { model, store } = context
  if (!model) return
  const wanted = store.translations.listPending(context.now().toISOString())
  await forEachConcurrently(wanted, context, async (record) => {
    try {
      await translateArticle(context, model, record, results)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      if (cause instanceof LlmStopped) {
        addProblem(context, results, reason)
        return 'stop'
      }
      addProblem(
        context,
        results,
        `${record.path} could not be translated into ${record.locale}: ${reason}`,
      )
      retryLaterOrSkip(context, record, reason, results)
    }
    return 'go on'
  })
}
