import type { IngestConfig } from '../settings/ingest-config.ts'
import type { Spending, SpendingRecord } from '../state/spending-record.ts'
import { BudgetSpent } from './llm-errors.ts'

export type Budget = {
  /** Throws `BudgetSpent` when one more request of so many tokens could cost more than is left. */
  refuseWhenSpent(day: string, tokens: number): void
  /** Adds to the costs of this run and of a day (`toSpendingDay`). Tokens may be negative. */
  spend(day: string, cost: Spending): void
  /** What this run has cost. */
  ofRun(): Spending
}

/** What the model may cost in a run and on a day: `costs` of `ingest.config.ts`. */
export function openBudget(
  { requestsPerRun, tokensPerRun, requestsPerDay, tokensPerDay }: IngestConfig['costs'],
  spending: SpendingRecord,
): Budget {
  const run = { requests: 0, tokens: 0 }
  return {
    refuseWhenSpent(day, tokens) {
      const today = spending.find(day)
      const isDaySpent = today.requests + 1 > requestsPerDay || today.tokens + tokens > tokensPerDay
      const isRunSpent = run.requests + 1 > requestsPerRun || run.tokens + tokens > tokensPerRun
      if (isDaySpent) throw new BudgetSpent('What a day may cost is spent; stories wait.')
      if (isRunSpent) throw new BudgetSpent('What a run may cost is spent; stories wait.')
    },
    spend(day, cost) {
      spending.add(day, cost)
      run.requests += cost.requests
      run.tokens += cost.tokens
    },
    ofRun: () => ({ ...run }),
  }
}
