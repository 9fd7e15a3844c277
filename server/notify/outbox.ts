import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { FleetOutbox, TakenOutbox } from '#lib/content-sync/sync-messages.ts'
import { codeOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
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

/** Where an outbox is kept. Nothing here throws. */
export type OutboxStore = {
  outbox: Outbox
  /** Keeps the outbox as it is now. */
  save(): void
  /** Right before something is sent: whether it is on us to send it. */
  mayDeliver(): Promise<boolean>
}

/** An outbox in a file of this machine. Replaced as a whole: who is killed leaves the former one. */
export function openOutboxFile(file: string, now: Date, log: Log): OutboxStore {
  const { outbox, problem } = readOutbox(file, now)
  if (problem) log.warn(`Pending notifications are lost, ${file} is damaged: ${problem}`)
  return {
    outbox,
    save() {
      try {
        writeWholeSync(file, JSON.stringify(outbox), { mode: 0o600 })
      } catch (error) {
        log.error(`Pending notifications cannot be written to ${file}: ${error}`)
      }
    },
    mayDeliver: async () => true,
  }
}

/**
 * An outbox that a fleet shares: `taken` from the node that notified before. `save` writes it without
 * being waited for; who cannot write it sends nothing.
 */
export function openSharedOutbox(
  taken: TakenOutbox,
  shared: Pick<FleetOutbox, 'save'>,
  now: Date,
  log: Log,
): OutboxStore & { noteUpTo(revision: number): void } {
  const { content } = taken
  const { outbox, problem } =
    content === undefined ? { outbox: emptyOutbox(now) } : parseOutbox(() => content, now)
  if (problem)
    log.warn(`Pending notifications are lost, those of the fleet are damaged: ${problem}`)
  let revision = 0
  let saving: Promise<void> = Promise.resolve()
  let isWaiting = false
  /** What is asked for while another save waits is saved by that one. */
  function save(): Promise<void> {
    if (isWaiting) return saving
    isWaiting = true
    saving = saving
      .catch(() => {})
      .then(() => {
        isWaiting = false
        return shared.save(JSON.stringify(outbox), revision)
      })
    return saving
  }
  return {
    outbox,
    save: () => void save().catch(() => {}),
    mayDeliver: () =>
      save().then(
        () => true,
        () => false,
      ),
    noteUpTo(next) {
      revision = next
      save().catch((error) => log.warn(`Pending notifications cannot be saved: ${error}`))
    },
  }
}

function emptyOutbox(now: Date): Outbox {
  const at = now.toISOString()
  return { begunAt: at, lookedAt: at, channels: {}, notified: [] }
}

/**
 * Reads the outbox from its file, or makes an empty one that starts at `now`. `problem` says why a
 * file that exists could not be used.
 */
export const readOutbox = (file: string, now: Date) =>
  parseOutbox(() => readFileSync(file, 'utf8'), now)

function parseOutbox(
  read: () => string,
  now: Date,
): { outbox: Outbox; problem?: string | undefined } {
  const empty = emptyOutbox(now)
  try {
    return { outbox: outbox.parse(renameFormer(JSON.parse(read()))), problem: undefined }
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT'
    return { outbox: empty, problem: isMissing ? undefined : String(error) }
  }
}

/** Reads files of older releases, in which the list was called `told`. */
function renameFormer(json: unknown): unknown {
  const isFormer = typeof json === 'object' && json !== null && 'told' in json
  return isFormer ? { notified: json.told, ...json } : json
}
