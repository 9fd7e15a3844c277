import type { z } from 'zod'
import { z as zod } from 'zod'
import type { ParsedAnswer } from '../rewrite/parse-rewrite.ts'
import { toRepairMessages } from '../rewrite/rewrite-prompt.ts'
import { WorkerFailure } from '../workers/open-workers.ts'
import type { LlmClient, LlmMessage } from './llm-client.ts'

/** What came of a question: a value and what is still wrong with its facts, or nothing usable. */
export type Outcome<Value> =
  | { kind: 'answered'; value: Value; faults: string[]; madeAt: string }
  | { kind: 'unusable'; faults: string[] }

/**
 * Asks, and asks once more where `read` finds no JSON of the right shape in the answer, and once more
 * where it finds faults. An answer that takes too long to read is unusable. Throws what
 * `LlmClient.ask` throws.
 */
export async function requestWithRepairs<Value>(
  model: LlmClient,
  question: { name: string; kind: z.ZodType; messages: LlmMessage[]; attempt: number },
  read: (content: string) => Promise<{ value: ParsedAnswer<Value> }>,
): Promise<Outcome<Value>> {
  const { name, kind, messages, attempt } = question
  const schema = { name, schema: zod.toJSONSchema(kind, { io: 'input', unrepresentable: 'any' }) }
  let asked = messages
  let repairs = { shape: 1, facts: 1 }
  for (;;) {
    const { content, madeAt } = await model.ask({ messages: asked, schema, attempt })
    const answer = await readOrRefuse(() => read(content))
    if ('unreadable' in answer) {
      if (repairs.shape === 0) return { kind: 'unusable', faults: answer.unreadable }
      repairs = { ...repairs, shape: repairs.shape - 1 }
      asked = toRepairMessages(messages, content, answer.unreadable)
      continue
    }
    const { value, faults } = answer
    if (faults.length === 0 || repairs.facts === 0) {
      return { kind: 'answered', value, faults, madeAt }
    }
    repairs = { ...repairs, facts: repairs.facts - 1 }
    asked = toRepairMessages(messages, content, faults)
  }
}

async function readOrRefuse<Value>(
  read: () => Promise<{ value: ParsedAnswer<Value> }>,
): Promise<ParsedAnswer<Value>> {
  try {
    return (await read()).value
  } catch (cause) {
    if (!(cause instanceof WorkerFailure)) throw cause
    return { unreadable: [`The answer ${cause.message}.`] }
  }
}
