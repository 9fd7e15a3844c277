import { z } from 'zod'

type JsonSchema = z.core.JSONSchema.BaseSchema

/**
 * The JSON Schema that a model's answer is to follow, in the part of JSON Schema that strict endpoints
 * share: `type`, `properties`, `required`, `additionalProperties`, `items`, `enum` and `description`.
 * OpenAI wants every property required and every object closed, and refuses `default`; Gemini refuses
 * `$schema`; Anthropic refuses lengths of strings and of lists. Limits are therefore words in the
 * description, and the answer is checked against `kind` when it is parsed. Throws a `TypeError` for a
 * schema that cannot be written in this way, such as a union.
 *
 * Sources: the guides to structured outputs of OpenAI, Gemini, Anthropic, Ollama and OpenRouter.
 */
export function toStrictSchema(kind: z.ZodType): JsonSchema {
  // `output`: a property with a default is there in the output, so it is required.
  return toStrict(z.toJSONSchema(kind, { io: 'output' }), '')
}

function toStrict(written: unknown, path: string): JsonSchema {
  const schema = z.record(z.string(), z.unknown()).parse(written) as JsonSchema
  const { type, properties, items, enum: values, ...rest } = schema
  const described = { description: toDescription(schema) }
  if (type === 'object' && properties) {
    const entries = Object.entries(properties).map(([name, property]) => [
      name,
      toStrict(property, `${path}.${name}`),
    ])
    return withoutUndefined({
      ...described,
      type,
      properties: Object.fromEntries(entries),
      required: Object.keys(properties),
      additionalProperties: false,
    })
  }
  if (type === 'array' && !Array.isArray(items)) {
    return withoutUndefined({
      ...described,
      type,
      items: toStrict(items, `${path}[]`),
    })
  }
  const isPlain = type === 'string' || type === 'number' || type === 'integer' || type === 'boolean'
  if (!isPlain) {
    const found = type ?? Object.keys(rest).join(', ')
    throw new TypeError(`Strict endpoints take no schema of this kind at ${path || '/'}: ${found}`)
  }
  return withoutUndefined({ ...described, type, enum: values })
}

/** The description with the limits, which strict endpoints do not take as keywords. */
function toDescription({
  description,
  minItems,
  maxItems,
  maxLength,
}: JsonSchema): string | undefined {
  const limits = [
    ...(maxLength === undefined ? [] : [`At most ${maxLength} characters.`]),
    ...(minItems === undefined ? [] : [`At least ${minItems}.`]),
    ...(maxItems === undefined ? [] : [`At most ${maxItems}.`]),
  ]
  return [description, ...limits].filter((part) => part !== undefined).join(' ') || undefined
}

/** Structured clones and digests keep a key without a value; JSON does not. */
function withoutUndefined(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined))
}
