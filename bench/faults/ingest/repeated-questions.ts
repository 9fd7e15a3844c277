/** A question that the model answered, and when it did. */
export type Told = { question: string; at: number }

/** How long an answer may take from the model's hands into the store, in ms. */
const onItsWay = 400
/** A question may be answered this long after the one who asked it was killed, in ms. */
const tooLate = 2000

/**
 * Questions that were answered more than once. An answer that was on its way when the process was
 * killed never arrived, and there is no helping it; any other repetition was paid for needlessly.
 */
export function listRepeatedQuestions(
  told: Told[],
  killedAt: number[],
): { unavoidable: number; avoidable: string[] } {
  const avoidable: string[] = []
  let unavoidable = 0
  for (const [question, times] of Map.groupBy(told, (one) => one.question)) {
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
