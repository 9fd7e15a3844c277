import { createHash } from 'node:crypto'
import OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import type { IngestConfig } from '../settings/ingest-config.ts'
import type { LlmEnv } from '../settings/ingest-env.ts'
import type { ResponseTable } from '../state/response-table.ts'
import { BudgetSpent, LlmFailure, LlmUnavailable } from './llm-errors.ts'

export type LlmMessage = { role: 'system' | 'user' | 'assistant'; content: string }

/** A question; the same question with the same `attempt` has the same answer for good. */
export type Question = {
  messages: LlmMessage[]
  /** What the answer is to be, as JSON Schema. */
  schema: { name: string; schema: Record<string, unknown> }
  attempt: number
}

export type LlmResponse = { content: string; madeAt: string }

export type LlmClient = {
  /**
   * Asks, or remembers. Throws `BudgetSpent` when asking would cost more than is allowed,
   * `LlmUnavailable` when the endpoint cannot be used, from then on for the whole run, and
   * `LlmFailure` when no answer came to this question.
   */
  ask(question: Question): Promise<LlmResponse>
  /** How the last request went; undefined when there was none. */
  lastOutcome(): RequestOutcome | undefined
  /** What this run has cost. */
  costs(): { requests: number; tokens: number; remembered: number }
}

/** `error` is a sentence for the report; undefined when the request was answered. */
export type RequestOutcome = { error: string | undefined }

/** Characters to a token, on the safe side for English; Ukrainian has fewer. */
const charactersPerToken = 2.5
const answerTokens = 2500

type Format = 'json_schema' | 'json_object' | 'none'

/** Opens the door to the model. Every answer is kept before anything is made of it. */
export function openLlmClient(
  env: LlmEnv,
  config: Pick<IngestConfig, 'model' | 'costs'>,
  { responses, now }: { responses: ResponseTable; now: () => Date },
): LlmClient {
  const client = new OpenAI({
    baseURL: env.baseUrl,
    apiKey: env.apiKey || 'none',
    timeout: config.model.timeoutSeconds * 1000,
    maxRetries: 1,
    logLevel: 'off',
  })
  const run = { requests: 0, tokens: 0, remembered: 0 }
  const reserved = { requests: 0, tokens: 0 }
  let lastOutcome: RequestOutcome | undefined
  let unavailable: LlmUnavailable | undefined
  /** The best the endpoint understands; some know no schema, some no format at all. */
  let format: Format = 'json_schema'

  function refuseWhenSpent(estimate: number): void {
    const today = responses.findSpending(now().toISOString().slice(0, 10))
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
    lastOutcome: () => lastOutcome,
    costs: () => ({ ...run }),
    async ask(question) {
      const digest = toDigest(env.model, question)
      const kept = responses.find(digest)
      if (kept) {
        run.remembered += 1
        return kept
      }
      if (unavailable) throw unavailable
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
        lastOutcome = { error: undefined }
        responses.keep(digest, answer, spent)
        return answer
      } catch (cause) {
        const failure = toFailure(cause, env)
        lastOutcome = { error: failure.message }
        if (failure instanceof LlmUnavailable) unavailable = failure
        responses.spend(now().toISOString().slice(0, 10), spent)
        throw failure
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

function toFailure(cause: unknown, env: LlmEnv): LlmUnavailable | LlmFailure {
  if (cause instanceof OpenAI.APIConnectionTimeoutError) {
    return new LlmFailure('The model did not answer in time.', { cause })
  }
  if (cause instanceof OpenAI.APIConnectionError) {
    const { host } = new URL(env.baseUrl)
    return new LlmUnavailable(`The model cannot be reached at ${host}.`, { cause })
  }
  const status = cause instanceof OpenAI.APIError ? cause.status : undefined
  if (status === undefined) {
    return new LlmFailure('The model gave no answer that can be read.', { cause })
  }
  const sentence = toSentence(status, env)
  return sentence === undefined
    ? new LlmFailure(`The model's endpoint answered ${status}.`, { cause })
    : new LlmUnavailable(sentence, { cause })
}

/** For what has nothing to do with the question. */
function toSentence(status: number, { model }: LlmEnv): string | undefined {
  switch (status) {
    case 401:
    case 403:
      return `The model refused the key (${status}). Check LLM_API_KEY.`
    case 402:
      return 'The model asks for payment (402).'
    case 404:
      return `The model's endpoint knows no model ${model} (404). Check LLM_BASE_URL and LLM_MODEL.`
    case 429:
      return "The model's endpoint takes no more requests for now (429)."
    default:
      return undefined
  }
}
