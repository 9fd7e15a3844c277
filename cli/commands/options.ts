import { type Command, InvalidArgumentError } from 'commander'
import { type Report, UsageError } from '../command.ts'

/** A report, an exit code, or undefined for what goes on running. */
export type Outcome = Report | number | undefined

/** Takes what a command answers. */
export type Done = (outcome: Outcome) => void

/**
 * What a command does: it loads a module and answers with one of its functions, which is given what stands
 * on the command line, the options last. Only the module of the command that is run is loaded.
 */
export const createAnswer =
  (done: Done) =>
  <Name extends string>(
    load: () => Promise<Record<Name, (...given: never[]) => Outcome | Promise<Outcome>>>,
    name: Name,
  ) =>
  async (...given: unknown[]): Promise<void> => {
    const functions = await load()
    // Commander hands over the command itself behind them.
    done(await functions[name](...(given.slice(0, -1) as never[])))
  }

/** Adds a command with its examples, to the program itself or below `parent`. */
export type AddCommand = (
  group: string,
  usage: string,
  sentence: string,
  options: { examples: string[]; hasJson?: boolean },
  parent?: Command,
) => Command

export const articleGroup = 'Articles (named by file, slug or address):'

export const language = ['--lang <code>', 'which language, when a slug is in several'] as const

export function toPositive(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isFinite(number) && number > 0) return number
  throw new InvalidArgumentError('Expected a number above 0.')
}

export function toCount(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected a whole number.')
}

/** A revision as `dateline desk diff` numbers it. */
export function toRevision(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new UsageError(`The revision is "${text}", expected a number of \`dateline desk diff\`.`)
}

export const toList = (text: string) => text.split(',').map((word) => word.trim())

export const addTo = (text: string, before: string[] = []) => [...before, text]
