import { answerCalls } from '#lib/node/answer-calls.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'

/** Functions that a thread offers, by name. What goes in and comes out can be cloned. */
export type Reader = Record<string, (...parameters: never[]) => unknown>

export type WorkerRequest = { name: string; parameters: unknown[] }

/** `milliseconds` is the processor time that it took. A `FetchFailure` comes as a value. */
export type WorkerAnswer =
  | { value: unknown; milliseconds: number }
  | { rejection: { message: string; isPassing: boolean } }

/** Answers calls of `open-reading.ts` with a reader's functions. For the end of a thread's module. */
export function serveFunctions(reader: Reader): void {
  answerCalls(({ name, parameters }: WorkerRequest): WorkerAnswer => {
    const read = reader[name]
    if (!read) throw new TypeError(`There is no ${name}`)
    const before = process.threadCpuUsage()
    try {
      const value = read(...(parameters as never[]))
      const { user, system } = process.threadCpuUsage(before)
      return { value, milliseconds: (user + system) / 1000 }
    } catch (cause) {
      if (!(cause instanceof FetchFailure)) throw cause
      return { rejection: { message: cause.message, isPassing: cause.isPassing } }
    }
  })
}
