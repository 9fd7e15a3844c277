import { z } from 'zod'

const schema = z.object({
  LLM_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The address of an OpenAI-compatible endpoint, such as https://api.openai.com/v1.'),
  LLM_API_KEY: z.string().optional().describe('The key of that endpoint; some need none.'),
  LLM_MODEL: z.string().optional().describe('The name of the model.'),
  UNSPLASH_ACCESS_KEY: z.string().optional().describe('Opens the Unsplash API, for covers.'),
  COINDESK_API_KEY: z.string().optional().describe('Opens the CoinDesk Data API.'),
})

/** How to reach a model. */
export type ModelEnv = { baseUrl: string; apiKey: string; model: string }

export type IngestEnv = {
  model: ModelEnv | undefined
  unsplashKey: string | undefined
  coindeskKey: string | undefined
}

/**
 * The secrets of ingest, from the environment; empty counts as not set. Without `LLM_BASE_URL` and
 * `LLM_MODEL` there is no model. Throws an `Error` that names the variable and never its value.
 */
export function parseIngestEnv(environment: Record<string, string | undefined>): IngestEnv {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (!result.success) {
    const names = [...new Set(result.error.issues.map(({ path }) => String(path[0])))]
    throw new Error(names.map(explain).join('\n'))
  }
  const { LLM_BASE_URL, LLM_API_KEY, LLM_MODEL, UNSPLASH_ACCESS_KEY, COINDESK_API_KEY } =
    result.data
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

function explain(name: string): string {
  const field = Object.entries(schema.shape).find(([known]) => known === name)?.[1]
  return `${name} is set but not usable. ${field?.description ?? ''}`.trim()
}
