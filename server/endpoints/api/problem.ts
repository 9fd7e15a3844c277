import { z } from 'zod'

/** Error body (RFC 9457), `application/problem+json`. */
export const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().describe('The name of the status.'),
    status: z.int(),
    detail: z.string().describe('In a sentence, what is wrong with this request.'),
  })
  .describe('Why there is no answer.')

/** A request that is answered with a problem. */
export class ProblemError extends Error {
  readonly status: number
  readonly headers: Record<string, string>

  constructor(status: number, detail: string, headers: Record<string, string> = {}) {
    super(detail)
    this.status = status
    this.headers = headers
  }
}
