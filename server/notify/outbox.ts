import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

/** What waits to be told to one listener, and when it may be tried (again). */
const channel = z.object({
  urls: z.array(z.string()),
  attempts: z.number().int(),
  /** ms since 1970. */
  nextAt: z.number(),
})

const outbox = z.object({
  /** What was public before this instant is not news. */
  begunAt: z.string(),
  /** Articles that came due until this instant have been seen. */
  lookedAt: z.string(),
  channels: z.record(z.string(), channel),
  /** What was told last of an address: a digest, or `gone`. The newest last. */
  told: z.array(z.tuple([z.string(), z.string()])),
})

export type Outbox = z.infer<typeof outbox>
export type Channel = z.infer<typeof channel>

/** Read from its file, or begun at `now` when there is none that can be read. */
export function readOutbox(file: string, now: Date): Outbox {
  try {
    return outbox.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    const at = now.toISOString()
    return { begunAt: at, lookedAt: at, channels: {}, told: [] }
  }
}

/** Whole or not at all: a process that is killed meanwhile leaves the former file. */
export function writeOutbox(file: string, content: Outbox): void {
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(draft, JSON.stringify(content))
  renameSync(draft, file)
}
