import { answerCalls } from '#lib/node/answer-calls.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'

/** Functions that a thread offers, by name. Parameters and results are structured clones. */
export type WorkerFunctions = Record<string, (...parameters: never[]) => unknown>

export type WorkerRequest = { name: string; parameters: unknown[] }

/** `milliseconds` is processor time. A `FetchFailure` is returned, because an error would lose its fields. */
export type WorkerAnswer =
  | { value: unknown; milliseconds: number }
  | { failure: { message: string; isPassing: boolean } }

/** Answers the calls of `open-workers.ts`. Call it at the end of a worker's module. */
export function serveFunctions(functions: WorkerFunctions): void {
  answerCalls(({ name, parameters }: WorkerRequest): WorkerAnswer => {
    const call = functions[name]
    if (!call) throw new TypeError(`There is no ${name}`)
    const before = process.threadCpuUsage()
    try {
      const value = call(...(parameters as never[]))
      const { user, system } = process.threadCpuUsage(before)
      return { value, milliseconds: (user + system) / 1000 }
    } catch (cause) {
      if (!(cause instanceof FetchFailure)) throw cause
      return { failure: { message: cause.message, isPassing: cause.isPassing } }
    }
  })
}
