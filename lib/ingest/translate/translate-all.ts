import type { Desk } from '../ingest-context.ts'
import { StopAsking } from '../llm/model-errors.ts'
import { workThrough } from '../publish/work-through.ts'
import { addProblem, type Tally } from '../tally.ts'
import { postponeOrLeave, translateArticle } from './translate-article.ts'

/**
 * Translates what is still to be translated. Originals are published by now. An article that cannot be
 * read, or a translation that cannot be written, is named in the report; the others go on.
 */
export async function translateAll(desk: Desk, tally: Tally): Promise<void> {
  const { model, ledger } = desk
  if (!model) return
  const wanted = ledger.translations.listWanted(desk.now().toISOString())
  await workThrough(wanted, desk, async (record) => {
    try {
      await translateArticle(desk, model, record, tally)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      if (cause instanceof StopAsking) {
        addProblem(desk, tally, reason)
        return 'stop'
      }
      addProblem(
        desk,
        tally,
        `${record.path} could not be translated into ${record.locale}: ${reason}`,
      )
      postponeOrLeave(desk, record, reason, tally)
    }
    return 'go on'
  })
}
