import { z } from 'zod'
import { isContentPath } from '#lib/content/read-content-folder.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { type PublishReport, parsePublishReport } from './publish-report.ts'

/** Where a running site is asked to publish. */
export const publishPath = '/api/publish'

/** The largest body of a request. */
export const mostRequestBytes = 64 * 1024

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

/** Its message is a sentence for the sender of the request. */
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
    const reason = reasonOf(cause)
    throw new InvalidRequestError(`The body is no JSON: ${reason}`)
  }
}

const refusal = z.object({ error: z.string() })

/**
 * Asks a running server to publish. Throws an `Error` that names the server and its reason when it
 * cannot be reached or refuses. The secret is sent to this server alone: redirects are not followed.
 */
export async function requestPublish({
  siteUrl,
  secret,
  wanted,
}: {
  siteUrl: string
  secret: string
  wanted: PublishRequest
}): Promise<PublishReport> {
  const url = new URL(publishPath, siteUrl).href
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  }).catch((cause) => {
    throw new Error(`${url} cannot be reached.`, { cause })
  })
  const answer = parseAnswer(await response.text())
  if (response.status === 200) return parsePublishReport(answer)
  const reason = refusal.safeParse(answer).data?.error ?? 'no reason given'
  throw new Error(`${url} answered ${response.status}: ${reason}`)
}

/** A proxy's own error page is no JSON. */
function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
