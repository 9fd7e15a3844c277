import { createHash } from 'node:crypto'
import OpenAI from 'openai'
import { z } from 'zod'
import type { IngestConfig } from '../settings/ingest-config.ts'
import type { LlmEnv } from '../settings/ingest-env.ts'
import type { ResponseTable } from '../state/response-table.ts'
import { type SpendingRecord, toSpendingDay } from '../state/spending-record.ts'
import { openBudget } from './budget.ts'
import { explainRefusal, mayRefuseFormat, namesFormat, type Refusal } from './explain-refusal.ts'
import { LlmFailure, LlmUnavailable } from './llm-errors.ts'

export type LlmMessage = { role: 'system' | 'user' | 'assistant'; content: string }

/** The same request with the same `attempt` always has the same stored response. */
type LlmRequest = {
  messages: LlmMessage[]
  /** The shape of the answer, as `toStrictSchema` writes it. */
  schema: { name: string; schema: Record<string, unknown> }
  attempt: number
}

type LlmResponse = {
  content: string
  madeAt: string
  /** How the endpoint answered; undefined for a stored response. */
  exchange: LlmExchange | undefined
}

/** Tokens are undefined where the endpoint does not count them. */
export type LlmExchange = {
  format: AnswerFormat
  seconds: number
  inputTokens: number | undefined
  outputTokens: number | undefined
}

export type LlmClient = {
  /**
   * Sends a request, or takes its stored response. Throws `BudgetSpent` when the request could cost
   * more than is left, `LlmUnavailable` when the endpoint cannot be used, from then on for every request
   * of the run, and `LlmFailure` when this request has no answer.
   */
  complete(request: LlmRequest): Promise<LlmResponse>
  /** How the last request went; undefined when there was none. */
  lastOutcome(): RequestOutcome | undefined
  /** What this run has cost. `remembered` counts stored responses, which cost nothing. */
  costs(): { requests: number; tokens: number; remembered: number }
}

/** `error` is a sentence for the report; undefined when the request was answered. */
type RequestOutcome = { error: string | undefined }

/** Characters per token: a low estimate for English; Ukrainian has fewer. */
const charactersPerToken = 2.5
const answerTokens = 2500

/** What an endpoint is asked to hold the answer to, the most precise first. */
const answerFormats = ['json_schema', 'json_object', 'plain'] as const
export type AnswerFormat = (typeof answerFormats)[number]

/** As far as it is used. Some endpoints send errors, or a page, with status 200. */
const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      total_tokens: z.number(),
    })
    .nullish()
    .catch(undefined),
})

/** A client of the model. Stores every response before it returns it, so that none is paid for twice. */
export function openLlmClient(
  env: LlmEnv,
  config: Pick<IngestConfig, 'model' | 'costs'>,
  {
    responses,
    spending,
    now,
  }: { responses: ResponseTable; spending: SpendingRecord; now: () => Date },
): LlmClient {
  const client = new OpenAI({
    baseURL: env.baseUrl,
    apiKey: env.apiKey || 'none',
    timeout: config.model.timeoutSeconds * 1000,
    maxRetries: 1,
    logLevel: 'off',
    fetch: async (address, init) => unwrapError(await fetch(address, init)),
  })
  const budget = openBudget(config.costs, spending)
  let remembered = 0
  let lastOutcome: RequestOutcome | undefined
  let unavailable: LlmUnavailable | undefined
  const formatKey = toFormatKey(env)
  /** Undefined until the endpoint has answered in one. */
  let format = answerFormats.find((one) => one === responses.find(formatKey)?.content)
  let choosing: Promise<unknown> | undefined

  /** One request at a time chooses the format; the others wait and use it. */
  async function send(request: LlmRequest): Promise<Answer> {
    while (format === undefined && choosing) await choosing.catch(() => {})
    if (format !== undefined) {
      try {
        return await sendAs(format, request)
      } catch (cause) {
        const refusal = toRefusal(cause)
        if (format === 'plain' || !refusal || !namesFormat(refusal)) throw cause
        // The endpoint no longer takes the format that it took.
        format = undefined
      }
    }
    const choice = chooseFormat(request)
    choosing = choice
    try {
      return await choice
    } finally {
      choosing = undefined
    }
  }

  /** Tries the formats in order. The one that the endpoint answers is stored for later passes. */
  async function chooseFormat(request: LlmRequest): Promise<Answer> {
    let refused: unknown
    for (const one of answerFormats) {
      try {
        const answer = await sendAs(one, request)
        format = one
        responses.write(formatKey, { content: one, madeAt: now().toISOString() })
        return answer
      } catch (cause) {
        const refusal = toRefusal(cause)
        if (!refusal || !mayRefuseFormat(refusal, env)) throw cause
        refused ??= cause
      }
    }
    throw refused
  }

  async function sendAs(asked: AnswerFormat, request: LlmRequest): Promise<Answer> {
    const startedAt = performance.now()
    const completion: unknown = await client.chat.completions.create({
      model: env.model,
      messages: request.messages,
      ...toFormat(asked, request.schema),
    })
    const seconds = (performance.now() - startedAt) / 1000
    const parsed = completionSchema.safeParse(completion)
    const refusal = parsed.success ? undefined : findErrorIn(completion)
    if (refusal) throw new RefusedWithSuccess(refusal)
    if (!parsed.success) {
      throw new LlmFailure("The endpoint's answer is no chat completion. Check LLM_BASE_URL.")
    }
    const { choices, usage } = parsed.data
    return {
      content: choices[0]?.message.content ?? '',
      totalTokens: usage?.total_tokens,
      exchange: {
        format: asked,
        seconds,
        inputTokens: usage?.prompt_tokens,
        outputTokens: usage?.completion_tokens,
      },
    }
  }

  return {
    lastOutcome: () => lastOutcome,
    costs: () => ({ ...budget.ofRun(), remembered }),
    async complete(request) {
      const digest = toDigest(env.model, request)
      const stored = responses.find(digest)
      if (stored) {
        remembered += 1
        return { ...stored, exchange: undefined }
      }
      if (unavailable) throw unavailable
      const day = toSpendingDay(now())
      const estimate = estimateTokens(request)
      budget.refuseWhenSpent(day, estimate)
      // Counted before it is sent: a request that a kill interrupts may have been charged.
      budget.spend(day, { requests: 1, tokens: estimate })
      try {
        const { content, totalTokens, exchange } = await send(request)
        budget.spend(day, { requests: 0, tokens: (totalTokens ?? estimate) - estimate })
        const answer = { content, madeAt: now().toISOString() }
        lastOutcome = { error: undefined }
        responses.write(digest, answer)
        return { ...answer, exchange }
      } catch (cause) {
        budget.spend(day, { requests: 0, tokens: -estimate })
        const failure = toFailure(cause, env)
        lastOutcome = { error: failure.message }
        if (failure instanceof LlmUnavailable) unavailable = failure
        throw failure
      }
    },
  }
}

type Answer = { content: string; totalTokens: number | undefined; exchange: LlmExchange }

/** An endpoint's error in an answer with status 200, as routers of several providers send it. */
class RefusedWithSuccess extends Error {
  override name = 'RefusedWithSuccess'
  refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

const errorSchema = z.object({
  error: z.object({
    code: z.union([z.string(), z.number()]).nullish(),
    message: z.string().catch(''),
  }),
})

function findErrorIn(completion: unknown): Refusal | undefined {
  const { data } = errorSchema.safeParse(completion)
  if (!data) return undefined
  const { code, message } = data.error
  return { status: Number(code) || 500, code: String(code ?? ''), message }
}

/** Gemini's compatible endpoint sends its error in a list, in which the client would not find it. */
async function unwrapError(response: Response): Promise<Response> {
  if (response.ok) return response
  const text = await response.text()
  const { status, headers } = response
  const first = /^\s*\[/.test(text) ? tryToParse(text) : undefined
  return new Response(Array.isArray(first) ? JSON.stringify(first[0]) : text, { status, headers })
}

function tryToParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toFormat(format: AnswerFormat, schema: LlmRequest['schema']) {
  if (format === 'plain') return {}
  if (format === 'json_object') return { response_format: { type: 'json_object' as const } }
  return {
    response_format: {
      type: 'json_schema' as const,
      json_schema: { ...schema, strict: true },
    },
  }
}

/** The chosen format is stored among the responses, so it is chosen again after they are deleted. */
function toFormatKey({ baseUrl, model }: LlmEnv): string {
  return `format ${toHash([baseUrl, model])}`
}

function toHash(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

function toDigest(model: string, { messages, schema, attempt }: LlmRequest): string {
  return toHash([model, messages, schema.name, attempt])
}

function estimateTokens({ messages, schema }: LlmRequest): number {
  const length = messages.reduce((sum, { content }) => sum + content.length, 0)
  return Math.ceil((length + JSON.stringify(schema).length) / charactersPerToken) + answerTokens
}

function toRefusal(cause: unknown): Refusal | undefined {
  if (cause instanceof RefusedWithSuccess) return cause.refusal
  if (!(cause instanceof OpenAI.APIError) || cause.status === undefined) return undefined
  return { status: cause.status, code: String(cause.code ?? ''), message: cause.message }
}

function toFailure(cause: unknown, env: LlmEnv): LlmUnavailable | LlmFailure {
  if (cause instanceof LlmFailure) return cause
  if (cause instanceof OpenAI.APIConnectionTimeoutError) {
    return new LlmFailure('The model did not answer in time.', { cause })
  }
  if (cause instanceof OpenAI.APIConnectionError) {
    const { host } = new URL(env.baseUrl)
    return new LlmUnavailable(`The model cannot be reached at ${host}.`, { cause })
  }
  const refusal = toRefusal(cause)
  if (!refusal) {
    return new LlmFailure('The model gave no answer that can be read.', { cause })
  }
  const sentence = explainRefusal(refusal, env)
  return sentence === undefined
    ? new LlmFailure(`The model's endpoint answered ${refusal.status}.`, { cause })
    : new LlmUnavailable(sentence, { cause })
}
