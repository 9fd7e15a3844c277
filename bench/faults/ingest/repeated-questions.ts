/** A request that the model answered, and when, by `performance.now()`. */
export type AnsweredRequest = { question: string; at: number }

/** How long an answer may take from the model to the store, in ms. */
const onItsWay = 400
/** A question may be answered this long after the one who asked it was killed, in ms. */
const tooLate = 2000

/**
 * Questions that were answered more than once. An answer that was on its way when the process was
 * killed never arrived, so that question may be repeated; any other repetition costs money for nothing.
 */
export function listRepeatedQuestions(
  answered: AnsweredRequest[],
  killedAt: number[],
): { unavoidable: number; avoidable: string[] } {
  const avoidable: string[] = []
  let unavoidable = 0
  for (const [question, times] of Map.groupBy(answered, (one) => one.question)) {
    for (const { at } of times.slice(0, -1)) {
      const wasKilled = killedAt.some((kill) => kill > at - tooLate && kill < at + onItsWay)
      const next = killedAt.find((kill) => kill >= at) ?? Number.POSITIVE_INFINITY
      const gap = (next - at).toFixed(0)
      if (wasKilled) unavoidable += 1
      else avoidable.push(`was asked again, ${gap} ms before a kill: ${question.slice(0, 120)}`)
    }
  }
  return { unavoidable, avoidable }
}
