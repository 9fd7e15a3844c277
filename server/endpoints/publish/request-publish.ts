import { z } from 'zod'
import { publishPath } from './publish-endpoint.ts'
import { type PublishReport, parsePublishReport } from './publish-report.ts'
import type { PublishRequest } from './publish-request.ts'

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
  const answer = parseJson(await response.text())
  if (response.status === 200) return parsePublishReport(answer)
  const reason = refusal.safeParse(answer).data?.error ?? 'no reason given'
  throw new Error(`${url} answered ${response.status}: ${reason}`)
}

/** A proxy's own error page is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
