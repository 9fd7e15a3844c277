import type { Desk } from '../desk.ts'
import { BudgetSpent } from '../model/model-errors.ts'
import type { Tally } from '../tally.ts'
import { workThrough } from '../tell/work-through.ts'
import { translateArticle } from './translate-article.ts'

/** Translates what is still to be translated. Originals are published by now. */
export async function translateAll(desk: Desk, tally: Tally): Promise<void> {
  const { model, ledger } = desk
  if (!model) return
  const wanted = ledger.translations.listWanted(desk.now().toISOString())
  await workThrough(wanted, desk, async (record) => {
    try {
      await translateArticle(desk, model, record, tally)
      return 'go on'
    } catch (cause) {
      if (!(cause instanceof BudgetSpent)) throw cause
      if (!tally.problems.includes(cause.message)) tally.problems.push(cause.message)
      return 'stop'
    }
  })
}
