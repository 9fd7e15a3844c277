/**
 * Why a document could not be fetched, in a sentence for the report. `isPassing`: the same request
 * may succeed soon. `retryAt`: when the server asks to be left alone until then.
 */
export class FetchFailure extends Error {
  override name = 'FetchFailure'
  readonly isPassing: boolean
  readonly retryAt: Date | undefined

  constructor(
    message: string,
    { isPassing = false, retryAt, cause }: { isPassing?: boolean; retryAt?: Date; cause?: unknown },
  ) {
    super(message, { cause })
    this.isPassing = isPassing
    this.retryAt = retryAt
  }
}
