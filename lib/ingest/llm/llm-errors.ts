/** Nothing more is asked in this pass; what has not been told waits. The message says why. */
export class LlmStopped extends Error {
  override name = 'LlmStopped'
}

/** Nothing more may be asked in this run, or today. The message says which. */
export class BudgetSpent extends LlmStopped {
  override name = 'BudgetSpent'
}

/**
 * The endpoint cannot be used, whatever it is asked: wrong key, unknown model, no connection, a limit.
 * No story is to blame.
 */
export class LlmUnavailable extends LlmStopped {
  override name = 'LlmUnavailable'
}

/** The endpoint gave no answer to this question. The message is a sentence for the report. */
export class LlmFailure extends Error {
  override name = 'LlmFailure'
}
