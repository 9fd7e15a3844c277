import { compileLimits, mayTakeLong } from '#lib/markdown/compile-limits.ts'
import type { BeginStage } from '#lib/node/answer-calls.ts'
import {
  WorkerClosedError,
  WorkerCrashedError,
  type WorkerPoolOptions,
  WorkerTimeoutError,
} from '#lib/node/call-worker.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Locale } from '#lib/site/locales.ts'
import { InvalidArticleError, type Problem, toFileProblem } from './problem.ts'

/**
 * What threads that read content files may use for one file, besides what `compileLimits` gives to
 * compiling its body. CPU time, so that a busy machine refuses nothing; the limit of
 * the clock is for disks that do not answer. Files from outside are read only in such a thread.
 */
export const parseLimits = {
  cpuLimitMs: 1000,
  timeLimitMs: 60_000,
  resourceLimits: compileLimits.memory,
} satisfies Partial<WorkerPoolOptions>

/** A body of a file. `line` is the one of the file on which it begins. */
export type PlacedBody = { body: string; line: number; locale: Locale }

/** How many times the limit loading the compiler may take, once in a thread. */
const loadingScale = 20

/** Loaded only for the few files that need it. */
let compiler: typeof import('#lib/markdown/compile-body.ts') | undefined

/** What a thread says before it tries a body. */
type BodyStage = { bodyLine: number; bytes: number }

/**
 * Compiles a body that may take longer than it may, and keeps nothing of it. Throws
 * `InvalidArticleError` for one that cannot be compiled; one that takes too long ends the thread, and
 * `toUnreadProblem` says so.
 */
export async function tryBody(
  file: string,
  { body, line, locale }: PlacedBody,
  beginStage: BeginStage,
): Promise<void> {
  if (!mayTakeLong(body)) return
  // A stage of its own, because loading takes half a second that no file should be charged for.
  beginStage('load', loadingScale)
  compiler ??= await import('#lib/markdown/compile-body.ts')
  const bytes = Buffer.byteLength(body)
  const scale = compileLimits.cpuMs / parseLimits.cpuLimitMs
  beginStage({ bodyLine: line, bytes } satisfies BodyStage, scale)
  try {
    compiler.compileBody({ body, locale, siteUrl: 'https://site.invalid', articleUrl: undefined })
  } catch (cause) {
    const found =
      cause instanceof RangeError
        ? `${formatBytes(bytes)} of text in which quotes, lists or other marks stand in each other too deeply`
        : `${formatBytes(bytes)} of text that cannot be rendered: ${reasonOf(cause)}`
    throw new InvalidArticleError([toBodyProblem(file, line, found)])
  }
  beginStage(undefined)
}

/**
 * What is wrong with a file that took too long or ended its thread. `tryWithoutFile` asks the same
 * pool for no work: where that fails too, the file is not to blame, and it rejects.
 */
export async function toUnreadProblem(
  file: string,
  error: unknown,
  tryWithoutFile: () => Promise<unknown>,
): Promise<Problem> {
  if (error instanceof WorkerClosedError) throw error
  if (!(error instanceof WorkerTimeoutError)) await tryWithoutFile()
  const reason = reasonOf(error)
  const stage = toBodyStage(error)
  const isSlow = error instanceof WorkerTimeoutError
  const cpuMs = stage ? compileLimits.cpuMs : parseLimits.cpuLimitMs
  const took = isSlow && error.limit === 'clock' ? parseLimits.timeLimitMs : cpuMs
  const limit = `${Number((took / 1000).toFixed(1))} s${isSlow && error.limit === 'cpu' ? ' of CPU time' : ''}`
  if (stage) {
    const found = isSlow
      ? `that takes longer than ${limit} to render`
      : `that cannot be rendered: ${reason}`
    return toBodyProblem(file, stage.bodyLine, `${formatBytes(stage.bytes)} of text ${found}`)
  }
  const found = isSlow
    ? `a text that takes longer than ${limit} to read`
    : `a text that cannot be read: ${reason}`
  return toFileProblem('error', file, found, 'a file that can be read')
}

function toBodyProblem(file: string, line: number, found: string): Problem {
  const expected = 'a text that is rendered in less time, for example in several articles'
  return { severity: 'error', file, line, field: 'body', found, expected }
}

function toBodyStage(error: unknown): BodyStage | undefined {
  if (!(error instanceof WorkerTimeoutError || error instanceof WorkerCrashedError))
    return undefined
  const { stage } = error
  return typeof stage === 'object' && stage && 'bodyLine' in stage
    ? (stage as BodyStage)
    : undefined
}

/** `1.2 MB`, `340 KB`. */
function formatBytes(bytes: number): string {
  const megabyte = 1024 * 1024
  if (bytes >= megabyte) return `${(bytes / megabyte).toFixed(1)} MB`
  return `${Math.max(1, Math.round(bytes / 1024))} KB`
}
