/** A request as endpoints judge it. */
type JudgedRequest = {
  /** The key, without `Bearer`. */
  key: string
  model: string
  responseFormat: { type: string; json_schema?: JsonSchemaFormat } | undefined
}

type JsonSchemaFormat = { name: string; strict?: boolean; schema: Record<string, unknown> }

/** A refusal as the endpoint writes it. */
type EndpointRefusal = { status: number; body: unknown }

/**
 * What endpoints that are asked through the chat completions protocol refuse, each by its published
 * rules and in its own way of writing errors. `key` is the right key and `known` the only model.
 */
export type EndpointRules = (request: JudgedRequest) => EndpointRefusal | undefined

export const rightKey = 'right-key'
export const knownModel = 'known-model'

/** https://platform.openai.com/docs/guides/structured-outputs, with the limits of fine-tuned models. */
const openai: EndpointRules = ({ key, model, responseFormat }) => {
  const refuse = (status: number, code: string, message: string) => ({
    status,
    body: { error: { message, type: 'invalid_request_error', param: null, code } },
  })
  if (key !== rightKey) return refuse(401, 'invalid_api_key', 'Incorrect API key provided: sk-x.')
  if (model !== knownModel)
    return refuse(404, 'model_not_found', `The model \`${model}\` does not exist.`)
  const format = responseFormat?.json_schema
  if (!format) return undefined
  const name = /^[\w-]{1,64}$/.test(format.name) ? [] : ['name: a pattern was not met']
  const faults = [
    ...name,
    ...(format.schema.type === 'object' ? [] : ["schema must have type 'object'"]),
    ...listSchemaFaults(format.schema, (schema) => [
      ...closedFaults(schema),
      ...requiredFaults(schema),
      ...keywordFaults(schema, [
        ...['default', 'minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems'],
        ...['allOf', 'not', 'if', 'patternProperties', 'propertyNames', 'uniqueItems'],
      ]),
    ]),
  ]
  return faults.length === 0
    ? undefined
    : refuse(400, '', `Invalid schema for response_format 'article': ${faults.join('; ')}`)
}

/** https://ai.google.dev/gemini-api/docs/openai: unknown names are refused, and errors stand in a list. */
const gemini: EndpointRules = ({ key, model, responseFormat }) => {
  const refuse = (code: number, status: string, message: string) => ({
    status: code,
    body: [{ error: { code, message, status } }],
  })
  if (key !== rightKey)
    return refuse(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.')
  if (model !== knownModel) return refuse(404, 'NOT_FOUND', `models/${model} is not found`)
  const known = new Set(
    (
      'type format title description nullable enum items prefixItems minItems maxItems properties ' +
      'required additionalProperties propertyOrdering minimum maximum anyOf'
    ).split(' '),
  )
  const faults = listSchemaFaults(responseFormat?.json_schema?.schema ?? {}, (schema) =>
    Object.keys(schema)
      .filter((keyword) => !known.has(keyword))
      .map((keyword) => `Unknown name "${keyword}" at 'generation_config.response_schema'`),
  )
  return faults.length === 0 ? undefined : refuse(400, 'INVALID_ARGUMENT', faults.join('; '))
}

/** https://docs.claude.com/en/docs/build-with-claude/structured-outputs. */
const anthropic: EndpointRules = ({ key, model, responseFormat }) => {
  const refuse = (status: number, code: string, message: string) => ({
    status,
    body: { error: { code, message, type: code, param: null } },
  })
  if (key !== rightKey) return refuse(401, 'authentication_error', 'invalid x-api-key')
  if (model !== knownModel) return refuse(404, 'not_found_error', `model: ${model}`)
  const faults = listSchemaFaults(responseFormat?.json_schema?.schema ?? {}, (schema) => [
    ...closedFaults(schema),
    ...keywordFaults(schema, [
      ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minimum', 'maximum', 'multipleOf'],
    ]),
  ])
  return faults.length === 0
    ? undefined
    : refuse(400, 'invalid_request_error', `output_format.schema: ${faults.join('; ')}`)
}

/** https://docs.ollama.com/api/openai-compatibility: no key is needed. */
const ollama: EndpointRules = ({ model }) =>
  model === knownModel
    ? undefined
    : {
        status: 404,
        body: { error: { message: `model "${model}" not found, try pulling it first` } },
      }

/** https://openrouter.ai/docs/api-reference/errors: the code is the status; the strictest provider decides. */
const openrouter: EndpointRules = (request) => {
  const refuse = (code: number, message: string) => ({
    status: code,
    body: { error: { code, message } },
  })
  if (request.key !== rightKey) return refuse(401, 'No auth credentials found')
  if (request.model !== knownModel) return refuse(400, `${request.model} is not a valid model ID`)
  return openai(request) ?? anthropic(request)
}

export const endpointRules = { openai, gemini, anthropic, ollama, openrouter }

/** Every schema below one, its own first. */
function listSchemaFaults(
  schema: Record<string, unknown>,
  judge: (schema: Record<string, unknown>) => string[],
): string[] {
  const below = [
    ...Object.values(isRecord(schema.properties) ? schema.properties : {}),
    ...(isRecord(schema.items) ? [schema.items] : []),
    ...(Array.isArray(schema.anyOf) ? schema.anyOf : []),
  ].filter(isRecord)
  return [...judge(schema), ...below.flatMap((one) => listSchemaFaults(one, judge))]
}

function closedFaults(schema: Record<string, unknown>): string[] {
  const isOpen = schema.type === 'object' && schema.additionalProperties !== false
  return isOpen ? ["'additionalProperties' is required to be supplied and to be false"] : []
}

function requiredFaults({ properties, required }: Record<string, unknown>): string[] {
  const names = Object.keys(isRecord(properties) ? properties : {})
  const missing = names.filter((name) => !(Array.isArray(required) && required.includes(name)))
  return missing.map((name) => `'required' must include every property: '${name}' is missing`)
}

function keywordFaults(schema: Record<string, unknown>, refused: string[]): string[] {
  return refused.filter((keyword) => keyword in schema).map((one) => `'${one}' is not permitted`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
