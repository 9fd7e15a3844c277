import type { LlmEnv } from '../settings/ingest-env.ts'

/** An endpoint's answer to a request that it refused. */
export type Refusal = {
  status: number
  /** The endpoint's own code of the error, such as `insufficient_quota`. */
  code: string
  /** The endpoint's own words. Untrusted. */
  message: string
}

const names = {
  key: /api[ _-]?key|authenticat|unauthori[sz]ed|credentials/i,
  credit: /insufficient_quota|credit|billing|payment|exceeded your current quota/i,
  model:
    /model_not_found|unknown model|no such model|not a valid model|models?\b[^.]{0,120}?(?:not found|not exist|is not supported|unknown)/i,
  format: /response_?format|json_?schema|json_?object|json mode|structured|schema/i,
}

/**
 * A sentence for a refusal that every request would meet: a wrong key, no credit, an unknown model, a
 * limit. Undefined for any other one. The status alone does not say: a wrong key is 401 for most and
 * 400 for Gemini, missing credit is 402 for OpenRouter, 429 for OpenAI and 400 for Anthropic, and an
 * unknown model is 404 for most and 400 for OpenRouter.
 */
export function explainRefusal(
  { status, code, message }: Refusal,
  { model, apiKey, baseUrl }: LlmEnv,
): string | undefined {
  const words = `${code} ${message}`
  const has = (name: keyof typeof names) => names[name].test(words)
  if (status === 402 || ([400, 403, 429].includes(status) && has('credit'))) {
    return `The model asks for payment (${status}): the account has no credit left.`
  }
  if (status === 429) return "The model's endpoint takes no more requests for now (429)."
  if (status === 401 || status === 403 || (status === 400 && has('key'))) {
    return apiKey === ''
      ? `The model at ${new URL(baseUrl).host} asks for a key (${status}), and LLM_API_KEY is not set.`
      : `The model refused the key (${status}). Check LLM_API_KEY.`
  }
  if (status === 404 || (status === 400 && has('model') && !has('format'))) {
    return `The model's endpoint knows no model ${model} (${status}). Check LLM_BASE_URL and LLM_MODEL.`
  }
  return undefined
}

/**
 * Whether the refusal may be about the format that was asked for: it names it, or it is a 400 or 422
 * that nothing else explains. The same request with a simpler format then shows whether it was.
 */
export function mayRefuseFormat(refusal: Refusal, env: LlmEnv): boolean {
  if (![400, 404, 422, 501].includes(refusal.status)) return false
  if (namesFormat(refusal)) return true
  return refusal.status !== 404 && explainRefusal(refusal, env) === undefined
}

export function namesFormat({ code, message }: Refusal): boolean {
  return names.format.test(`${code} ${message}`)
}
