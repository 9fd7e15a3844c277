import { createHash } from 'node:crypto'
import OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import type { AnswerRows } from '../ledger/answer-rows.ts'
import type { IngestConfig } from '../settings/ingest-config.ts'
import type { ModelEnv } from '../settings/ingest-env.ts'
import { BudgetSpent, ModelFailure } from './model-errors.ts'

export type ModelMessage = { role: 'system' | 'user' | 'assistant'; content: string }

/** A question; the same question with the same `attempt` has the same answer for good. */
export type Question = {
  messages: ModelMessage[]
  /** What the answer is to be, as JSON Schema. */
  schema: { name: string; schema: Record<string, unknown> }
  attempt: number
}

export type ModelAnswer = { content: string; madeAt: string }

export type ModelDesk = {
  /**
   * Asks, or remembers. Throws `BudgetSpent` when asking would cost more than is allowed, and
   * `ModelFailure` when no answer came.
   */
  ask(question: Question): Promise<ModelAnswer>
  /** What this run has cost. */
  costs(): { requests: number; tokens: number; remembered: number }
}

/** Characters to a token, on the safe side for English; Ukrainian has fewer. */
const charactersPerToken = 2.5
const answerTokens = 2500

type Format = 'json_schema' | 'json_object' | 'none'

/** Opens the door to the model. Every answer is kept before anything is made of it. */
export function openModelDesk(
  env: ModelEnv,
  config: Pick<IngestConfig, 'model' | 'costs'>,
  { answers, now }: { answers: AnswerRows; now: () => Date },
): ModelDesk {
  const client = new OpenAI({
    baseURL: env.baseUrl,
    apiKey: env.apiKey || 'none',
    timeout: config.model.timeoutSeconds * 1000,
    maxRetries: 1,
    logLevel: 'off',
  })
  const run = { requests: 0, tokens: 0, remembered: 0 }
  const reserved = { requests: 0, tokens: 0 }
  /** The best the endpoint understands; some know no schema, some no format at all. */
  let format: Format = 'json_schema'

  function refuseWhenSpent(estimate: number): void {
    const today = answers.findSpending(now().toISOString().slice(0, 10))
    const { requestsPerRun, tokensPerRun, requestsPerDay, tokensPerDay } = config.costs
    const requests = reserved.requests + 1
    const tokens = reserved.tokens + estimate
    const isRunSpent =
      run.requests + requests > requestsPerRun || run.tokens + tokens > tokensPerRun
    const isDaySpent =
      today.requests + requests > requestsPerDay || today.tokens + tokens > tokensPerDay
    if (isDaySpent) throw new BudgetSpent('What a day may cost is spent; stories wait.')
    if (isRunSpent) throw new BudgetSpent('What a run may cost is spent; stories wait.')
  }

  async function complete(question: Question): Promise<OpenAI.ChatCompletion> {
    for (;;) {
      const asked = format
      try {
        return await client.chat.completions.create({
          model: env.model,
          messages: question.messages satisfies ChatCompletionMessageParam[],
          ...toFormat(asked, question.schema),
        })
      } catch (cause) {
        const isUnknownFormat =
          cause instanceof OpenAI.APIError && [400, 422].includes(cause.status)
        if (!isUnknownFormat || asked === 'none') throw cause
        if (format === asked) format = asked === 'json_schema' ? 'json_object' : 'none'
      }
    }
  }

  return {
    costs: () => ({ ...run }),
    async ask(question) {
      const digest = toDigest(env.model, question)
      const kept = answers.find(digest)
      if (kept) {
        run.remembered += 1
        return kept
      }
      const estimate = estimateTokens(question)
      refuseWhenSpent(estimate)
      reserved.requests += 1
      reserved.tokens += estimate
      let spent = { requests: 1, tokens: 0 }
      try {
        const completion = await complete(question)
        const content = completion.choices[0]?.message.content ?? ''
        spent = { requests: 1, tokens: completion.usage?.total_tokens ?? estimate }
        const answer = { content, madeAt: now().toISOString() }
        answers.keep(digest, answer, spent)
        return answer
      } catch (cause) {
        answers.spend(now().toISOString().slice(0, 10), spent)
        throw new ModelFailure(explain(cause), { cause })
      } finally {
        reserved.requests -= 1
        reserved.tokens -= estimate
        run.requests += spent.requests
        run.tokens += spent.tokens
      }
    },
  }
}

function toFormat(format: Format, schema: Question['schema']) {
  if (format === 'none') return {}
  if (format === 'json_object') return { response_format: { type: 'json_object' as const } }
  return {
    response_format: {
      type: 'json_schema' as const,
      json_schema: { ...schema, strict: true },
    },
  }
}

function toDigest(model: string, { messages, schema, attempt }: Question): string {
  const asked = JSON.stringify([model, messages, schema.name, attempt])
  return createHash('sha256').update(asked).digest('base64url')
}

function estimateTokens({ messages, schema }: Question): number {
  const length = messages.reduce((sum, { content }) => sum + content.length, 0)
  return Math.ceil((length + JSON.stringify(schema).length) / charactersPerToken) + answerTokens
}

function explain(cause: unknown): string {
  if (cause instanceof OpenAI.APIConnectionTimeoutError) return 'The model did not answer in time.'
  if (cause instanceof OpenAI.APIConnectionError) return 'The model cannot be reached.'
  if (cause instanceof OpenAI.APIError && cause.status) {
    return `The model's endpoint answered ${cause.status}.`
  }
  return 'The model gave no answer that can be read.'
}
