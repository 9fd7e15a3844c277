/**
 * Values in the order in which they arrive, several at a time: all that have arrived once none has for
 * `patienceMs`, so that what comes late keeps nobody waiting. Throws what a promise rejects with.
 */
export async function* batchResults<Value>(
  promises: Promise<Value>[],
  patienceMs: number,
): AsyncGenerator<Value[]> {
  let arrived: Value[] = []
  let left = promises.length
  let failure: { cause: unknown } | undefined
  let notice = () => {}
  for (const promise of promises) {
    promise.then(
      (value) => {
        arrived.push(value)
        left -= 1
        notice()
      },
      (cause) => {
        failure ??= { cause }
        left -= 1
        notice()
      },
    )
  }
  while (left > 0 || arrived.length > 0) {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      notice = () => {
        clearTimeout(timer)
        if (left === 0 || failure) resolve()
        else if (arrived.length > 0) timer = setTimeout(resolve, patienceMs)
      }
      notice()
    })
    if (failure) throw failure.cause
    const batch = arrived
    arrived = []
    notice = () => {}
    yield batch
  }
  if (failure) throw failure.cause
}
