import type { z } from 'zod'
import { z as zod } from 'zod'
import { toRepairMessages } from '../rewrite/rewrite-prompt.ts'
import type { ModelDesk, ModelMessage } from './model-desk.ts'
import { parseAnswer } from './parse-answer.ts'

/** What came of a question: a value and what is still wrong with its facts, or nothing usable. */
export type Outcome<Value> =
  | { kind: 'answered'; value: Value; faults: string[]; madeAt: string }
  | { kind: 'unusable'; faults: string[] }

/**
 * Asks, and asks once more where the answer is no JSON of the right shape, and once more where
 * `findFaults` finds something in it. Throws what `ModelDesk.ask` throws.
 */
export async function askUntilRight<Kind extends z.ZodType>(
  model: ModelDesk,
  question: { name: string; kind: Kind; messages: ModelMessage[]; attempt: number },
  findFaults: (value: z.output<Kind>) => string[],
): Promise<Outcome<z.output<Kind>>> {
  const { name, kind, messages, attempt } = question
  const schema = { name, schema: zod.toJSONSchema(kind, { io: 'input', unrepresentable: 'any' }) }
  let asked = messages
  let repairs = { shape: 1, facts: 1 }
  for (;;) {
    const { content, madeAt } = await model.ask({ messages: asked, schema, attempt })
    const parsed = parseAnswer(content, kind)
    if ('faults' in parsed) {
      if (repairs.shape === 0) return { kind: 'unusable', faults: parsed.faults }
      repairs = { ...repairs, shape: repairs.shape - 1 }
      asked = toRepairMessages(messages, content, parsed.faults)
      continue
    }
    const faults = findFaults(parsed.value)
    if (faults.length === 0 || repairs.facts === 0) {
      return { kind: 'answered', value: parsed.value, faults, madeAt }
    }
    repairs = { ...repairs, facts: repairs.facts - 1 }
    asked = toRepairMessages(messages, content, faults)
  }
}
