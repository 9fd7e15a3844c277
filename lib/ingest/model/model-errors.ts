/** Nothing more may be asked in this run, or today. The message says which. */
export class BudgetSpent extends Error {
  override name = 'BudgetSpent'
}

/** The endpoint gave no answer. The message is a sentence for the report. */
export class ModelFailure extends Error {
  override name = 'ModelFailure'
}
