/** What a command has done. The exit code is 0 when it is left out. */
export type Report = {
  /** For people, on standard output. */
  text: string
  /** The same for programs: with `--json` the one document on standard output. */
  json: unknown
  /** What people want to know beside it, on standard error, so that it stays out of a pipe. */
  notes?: string
  /** 1: done, with findings, or failed. */
  exitCode?: 0 | 1
}

/** The command line is wrong. The message says what to write. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** For a command of which parts can be run. Throws when one that is asked for is unknown. */
export function requireSections(wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new UsageError(`--only is "${unknown}", expected some of ${known.join(',')}.`)
}

/** `1 file`, `2 files`. */
export const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Where file names are read from: the folder in which the command was typed. */
export const typedFrom = () => process.env.INIT_CWD ?? process.cwd()
