import { z } from 'zod'
import { isContentPath } from '#lib/content/read-content-folder.ts'

const expectedPath =
  'the path of a Markdown file, relative to the content folder, with forward slashes'

const isPlainPath = (path: string) =>
  isContentPath(path) && path.split('/').every((name) => name !== '' && !/[\\\p{Cc}]/u.test(name))

const publishRequest = z.strictObject({
  paths: z
    .array(z.string().refine(isPlainPath, { error: `expected ${expectedPath}` }))
    .min(1, { error: 'expected at least one path; leave it out to publish everything' })
    .optional(),
  confirmRemovals: z.boolean().optional(),
})

/**
 * What to publish: the named files, relative to the content folder, or everything. With
 * `confirmRemovals` files that are missing are removed at once, however many.
 */
export type PublishRequest = z.infer<typeof publishRequest>

/** Its message is a sentence for whoever sent the request. */
export class InvalidRequestError extends Error {
  override name = 'InvalidRequestError'
}

/** Reads a request's body; an empty one asks for everything. Throws `InvalidRequestError`. */
export function parsePublishRequest(body: string): PublishRequest {
  if (body.trim() === '') return {}
  const result = publishRequest.safeParse(parseJson(body))
  if (result.success) return result.data
  const sentences = result.error.issues.map(({ path, message }) => {
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : String(key))).join('')
    return place === '' ? message : `${place}: ${message}`
  })
  throw new InvalidRequestError(sentences.join('; '))
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidRequestError(`The body is no JSON: ${reason}`)
  }
}
