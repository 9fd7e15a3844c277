import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * Which texts may be published before an editor has read them, as readers see it: all of
 * ingest, or those of these sources (`name` as readers know them), or none.
 */
export type ReviewPolicy = { sources: 'all' | 'none' | string[] }

/** As much of `ingest.config.ts` as the policy is made of; `lib/ingest` checks the whole. */
const settings = z.looseObject({
  publishUnreviewed: z.boolean().default(true),
  sources: z.array(
    z.looseObject({
      key: z.string(),
      name: z.string().optional(),
      publishUnreviewed: z.boolean().optional(),
    }),
  ),
})

/** The variable in which processes hand the policy to those that they start, as JSON. */
export const reviewPolicyVariable = 'DATELINE_REVIEW_POLICY'

/**
 * The policy in the settings of ingest. Undefined where there are no sources, or where the settings are
 * wrong: then nothing is claimed, and `dateline ingest` says what is wrong.
 */
export function toReviewPolicy(ingestSettings: unknown): ReviewPolicy | undefined {
  const parsed = settings.safeParse(ingestSettings)
  if (!parsed.success || parsed.data.sources.length === 0) return undefined
  const { publishUnreviewed, sources } = parsed.data
  const unread = sources.filter((source) => source.publishUnreviewed ?? publishUnreviewed)
  if (unread.length === sources.length) return { sources: 'all' }
  if (unread.length === 0) return { sources: 'none' }
  return { sources: unread.map(({ name, key }) => name ?? key) }
}

/** Reads the policy of a publication into this process's environment; `run` runs a settings file. */
export function loadReviewPolicy(paperDir: string, run: (file: string) => unknown): void {
  const file = join(paperDir, 'ingest.config.ts')
  let policy: ReviewPolicy | undefined
  try {
    if (existsSync(file)) policy = toReviewPolicy(run(file))
  } catch {
    // Only ingest needs the file to be in order, and says what is not.
  }
  process.env[reviewPolicyVariable] = JSON.stringify(policy ?? null)
}

/** The policy of the publication that this process works for; undefined when it has none to state. */
export function reviewPolicy(): ReviewPolicy | undefined {
  return JSON.parse(process.env[reviewPolicyVariable] ?? 'null') ?? undefined
}
