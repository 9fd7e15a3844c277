/** No more requests in this pass; the remaining stories wait. The message says why. */
export class LlmStopped extends Error {
  override name = 'LlmStopped'
}

/** The budget of this run or of today is spent. The message says which. */
export class BudgetSpent extends LlmStopped {
  override name = 'BudgetSpent'
}

/** The endpoint cannot be used for any request: wrong key, unknown model, no connection, a limit. */
export class LlmUnavailable extends LlmStopped {
  override name = 'LlmUnavailable'
}

/** The endpoint did not answer this request. The message is a sentence for the report. */
export class LlmFailure extends Error {
  override name = 'LlmFailure'
}
