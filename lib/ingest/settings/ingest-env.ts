import { z } from 'zod'
import { httpAddress, listSettings, parseSettings } from '#lib/site/parse-settings.ts'
import { type Environment, readEnvironment } from '#lib/site/read-environment.ts'

const schema = z.object({
  LLM_BASE_URL: httpAddress
    .optional()
    .describe(
      'The address of an OpenAI-compatible endpoint, such as https://api.openai.com/v1. Without it no model is used.',
    ),
  LLM_API_KEY: z.string().optional().describe('The key of that endpoint, if it needs one.'),
  LLM_MODEL: z
    .string()
    .optional()
    .describe('The name of the model. Set it together with LLM_BASE_URL.'),
  UNSPLASH_ACCESS_KEY: z
    .string()
    .optional()
    .describe('The key of the Unsplash API. Without it no covers are searched there.'),
  COINDESK_API_KEY: z.string().optional().describe('The key of the CoinDesk Data API.'),
})

/** What the manual says of the settings below. */
export const listIngestSettings = () => listSettings(schema)

/** How to reach a model. */
export type LlmEnv = { baseUrl: string; apiKey: string; model: string }

export type IngestEnv = {
  model: LlmEnv | undefined
  unsplashKey: string | undefined
  coindeskKey: string | undefined
}

/**
 * The settings of ingest from variables; an empty one counts as not set. Without `LLM_BASE_URL` and
 * `LLM_MODEL` there is no model. Throws an `Error` that names every wrong variable and never its value:
 * a key may stand in the wrong one.
 */
export function parseIngestEnv(environment: Environment): IngestEnv {
  const { LLM_BASE_URL, LLM_API_KEY, LLM_MODEL, UNSPLASH_ACCESS_KEY, COINDESK_API_KEY } =
    parseSettings(schema, environment, () => true)
  if ((LLM_BASE_URL === undefined) !== (LLM_MODEL === undefined)) {
    const missing = LLM_BASE_URL === undefined ? 'LLM_BASE_URL' : 'LLM_MODEL'
    const other = LLM_BASE_URL === undefined ? 'LLM_MODEL' : 'LLM_BASE_URL'
    throw new Error(`${other} is set and ${missing} is not: a model needs both, or neither.`)
  }
  return {
    model:
      LLM_BASE_URL !== undefined && LLM_MODEL !== undefined
        ? { baseUrl: LLM_BASE_URL, apiKey: LLM_API_KEY ?? '', model: LLM_MODEL }
        : undefined,
    unsplashKey: UNSPLASH_ACCESS_KEY,
    coindeskKey: COINDESK_API_KEY,
  }
}

/**
 * The settings of ingest for this process, `.env` files included. Throws like `readEnvironment` and
 * `parseIngestEnv`.
 */
export const ingestEnv = (): IngestEnv => parseIngestEnv(readEnvironment())
