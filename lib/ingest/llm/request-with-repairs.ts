import type { z } from 'zod'
import { WorkerFailure } from '../workers/open-workers.ts'
import type { LlmClient, LlmMessage } from './llm-client.ts'
import type { ParsedAnswer } from './parse-answer.ts'
import { toStrictSchema } from './strict-schema.ts'

/** A value with the faults that are left in it, or why there is none. */
export type AnswerOutcome<Value> =
  | { kind: 'answered'; value: Value; faults: string[]; madeAt: string }
  | { kind: 'unusable'; faults: string[] }

/**
 * Sends a request, and repeats it at most once when `read` finds no JSON of the right shape in the
 * answer and at most once when `read` finds faults. An answer that takes too long to read is unusable.
 * Throws what `LlmClient.complete` throws.
 */
export async function requestWithRepairs<Value>(
  llm: LlmClient,
  request: { name: string; kind: z.ZodType; messages: LlmMessage[]; attempt: number },
  read: (content: string) => Promise<{ value: ParsedAnswer<Value> }>,
): Promise<AnswerOutcome<Value>> {
  const { name, kind, messages, attempt } = request
  const schema = { name, schema: toStrictSchema(kind) }
  let asked = messages
  let repairs = { shape: 1, facts: 1 }
  for (;;) {
    const { content, madeAt } = await llm.complete({ messages: asked, schema, attempt })
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

/** The conversation so far, with the answer and what is wrong with it. */
function toRepairMessages(messages: LlmMessage[], answer: string, faults: string[]): LlmMessage[] {
  return [
    ...messages,
    { role: 'assistant', content: answer.slice(0, 20_000) },
    {
      role: 'user',
      content: [
        'This cannot be printed:',
        ...faults.slice(0, 20).map((fault) => `- ${fault}`),
        'Give the whole JSON again with every one of these removed or corrected, and nothing else changed.',
      ].join('\n'),
    },
  ]
}
