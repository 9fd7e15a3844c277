import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { writeWholeSync } from '#lib/node/write-whole.ts'

/** What one target has yet to be notified of. */
const channel = z.object({
  /** Addresses, the longest waiting first. */
  urls: z.array(z.string()),
  /** Failed deliveries since the last success. */
  attempts: z.number().int().nonnegative(),
  /** No delivery before this instant, in ms since 1970. */
  nextAt: z.number(),
  /** UTC ISO instants. */
  failingSince: z.string().optional(),
  lastSuccessAt: z.string().optional(),
})

const outbox = z.object({
  /** What was public before this instant is not news. */
  begunAt: z.string(),
  /** Articles that became due until this instant have been noted. */
  lookedAt: z.string(),
  channels: z.record(z.string(), channel),
  /** The state of an address that was notified last: a digest, or `gone`. The newest last. */
  notified: z.array(z.tuple([z.string(), z.string()])),
})

export type Outbox = z.infer<typeof outbox>
export type Channel = z.infer<typeof channel>

/**
 * Reads the outbox from its file, or makes an empty one that starts at `now`. `problem` says why a
 * file that exists could not be used.
 */
export function readOutbox(
  file: string,
  now: Date,
): { outbox: Outbox; problem: string | undefined } {
  const at = now.toISOString()
  const empty = { begunAt: at, lookedAt: at, channels: {}, notified: [] }
  try {
    return {
      outbox: outbox.parse(renameFormer(JSON.parse(readFileSync(file, 'utf8')))),
      problem: undefined,
    }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return { outbox: empty, problem: isMissing ? undefined : String(error) }
  }
}

/** Replaces the file as a whole: a process that is killed meanwhile leaves the former one. */
export function writeOutbox(file: string, content: Outbox): void {
  writeWholeSync(file, JSON.stringify(content), { mode: 0o600 })
}

/** Reads files of older releases, in which the list was called `told`. */
function renameFormer(json: unknown): unknown {
  const isFormer = typeof json === 'object' && json !== null && 'told' in json
  return isFormer ? { notified: json.told, ...json } : json
}
