import type { IngestContextOptions } from '../ingest-context.ts'
import { articleAnswerSchema } from '../rewrite/parse-rewrite.ts'
import { toRewriteMessages } from '../rewrite/rewrite-prompt.ts'
import type { IngestConfig } from '../settings/ingest-config.ts'
import { openIngestStore } from '../state/ingest-store.ts'
import { openSpendingRecord } from '../state/spending-record.ts'
import type { Story } from '../story.ts'
import { openIngestWorkers } from '../workers/open-workers.ts'
import { type AnswerFormat, type LlmExchange, openLlmClient } from './llm-client.ts'
import { LlmFailure, LlmStopped } from './llm-errors.ts'
import { toStrictSchema } from './strict-schema.ts'

/** How the model answered one question. `undefined` is unknown. */
export type ModelCheck = {
  model: string
  host: string
  /** Why the model cannot be used, in a sentence; undefined when it can. */
  problem: string | undefined
  /** The endpoint's own words about it, at most 300 characters, without the key. Untrusted. */
  endpointMessage: string | undefined
  /** The format that the endpoint accepted; undefined when it did not answer. */
  format: AnswerFormat | undefined
  seconds: number | undefined
  inputTokens: number | undefined
  outputTokens: number | undefined
  tokensPerSecond: number | undefined
  /** Of this question, with its currency. */
  price: string | undefined
  /** How many complaints the fact check has about the answer. */
  factFaults: number | undefined
}

/**
 * Asks the model to rewrite one short story, as a pass would, and says how it went. The question is
 * counted in what the day has cost. Writes no article, and may run beside `ingest --watch`. Throws an
 * `Error` when no model is configured.
 */
export async function checkModel({
  env,
  config,
  contentDir,
  dataDir,
  now,
  log,
}: Omit<IngestContextOptions, 'workers' | 'lock'>): Promise<ModelCheck> {
  const llmEnv = env.model
  if (!llmEnv) throw new Error('No model is configured: set LLM_BASE_URL and LLM_MODEL.')
  const store = openIngestStore(dataDir, { now: now(), log, isDryRun: false })
  const spending = openSpendingRecord(contentDir, { now: now(), isDryRun: false })
  const workers = openIngestWorkers()
  const check: ModelCheck = {
    model: llmEnv.model,
    host: new URL(llmEnv.baseUrl).host,
    problem: undefined,
    endpointMessage: undefined,
    format: undefined,
    seconds: undefined,
    inputTokens: undefined,
    outputTokens: undefined,
    tokensPerSecond: undefined,
    price: undefined,
    factFaults: undefined,
  }
  try {
    const client = openLlmClient(llmEnv, config, { responses: store.responses, spending, now })
    const story = { ...sampleStory, publishedAt: now().toISOString() }
    const { content, exchange } = await client.complete({
      messages: toRewriteMessages(story, config.sections),
      schema: { name: 'article', schema: toStrictSchema(articleAnswerSchema) },
      attempt: 0,
    })
    const { value } = await workers.answer('parseRewrite', content, story, config.sections)
    return {
      ...check,
      ...(exchange && measure(exchange, config.costs.price)),
      ...('unreadable' in value
        ? { problem: value.unreadable.slice(0, 5).join(' ') }
        : { factFaults: value.faults.length }),
    }
  } catch (cause) {
    if (!(cause instanceof LlmStopped || cause instanceof LlmFailure)) throw cause
    const words = cause.cause instanceof Error ? cause.cause.message : undefined
    return {
      ...check,
      problem: cause.message,
      endpointMessage: words && hideKey(words, llmEnv.apiKey).slice(0, 300),
    }
  } finally {
    await workers.close()
    store.close()
  }
}

function measure(
  { format, seconds, inputTokens, outputTokens }: LlmExchange,
  price: IngestConfig['costs']['price'],
): Partial<ModelCheck> {
  const isCounted = inputTokens !== undefined && outputTokens !== undefined
  return {
    format,
    seconds: Math.round(seconds * 100) / 100,
    inputTokens,
    outputTokens,
    tokensPerSecond: outputTokens === undefined ? undefined : Math.round(outputTokens / seconds),
    price: price && isCounted ? formatPrice(price, inputTokens, outputTokens) : undefined,
  }
}

function formatPrice(
  price: NonNullable<IngestConfig['costs']['price']>,
  inputTokens: number,
  outputTokens: number,
): string {
  const { inputPerMillion, outputPerMillion, currency } = price
  const cost = (inputTokens * inputPerMillion + outputTokens * outputPerMillion) / 1_000_000
  return `${cost.toFixed(6)} ${currency}`
}

function hideKey(words: string, key: string): string {
  return key === '' ? words : words.replaceAll(key, '[key]')
}

/** Made up. Its date is the time of the check, so that no stored response answers it. */
const sampleStory: Omit<Story, 'publishedAt'> = {
  source: { name: 'Sample', key: 'sample', type: 'RSS' },
  id: 'sample',
  title: 'Sample Exchange opens an office in Oslo',
  text: 'Sample Exchange has opened an office in Oslo with 40 people. “We have waited two years for the licence,” said Ada Berg, who leads it. Trading starts on 1 March with 12 assets..',
  authors: [],
  categories: [],
  score: 0,
  language: 'en',
  section: 'BUSINESS',
  isSponsored: false,
}
