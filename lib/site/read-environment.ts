import { resolve } from 'node:path'
import nextEnv from '@next/env'

/** Variables by name. */
export type Environment = Record<string, string | undefined>

/** The paper that comes with the engine: the root of the repository. */
const samplePaper = import.meta.dirname ? resolve(import.meta.dirname, '../..') : process.cwd()

/**
 * The folder of the publication that this process works for: PAPER_DIR, a path from where the process was
 * started, or the sample publication. It is read before the `.env` files, which lie in it. The first call
 * sets it for the processes that this one starts: the framework's bundle has no folder of
 * its own from which the sample publication could be found.
 */
export function paperDir(): string {
  const dir = process.env.PAPER_DIR ? resolve(process.env.PAPER_DIR) : samplePaper
  process.env.PAPER_DIR = dir
  return dir
}

/**
 * The environment of this process, with the `.env` files of the publication in it from the first call on.
 * The rules are those of Next, which reads the same files
 * (https://nextjs.org/docs/app/guides/environment-variables): a variable that the process was started
 * with wins, even an empty one; then `.env.<mode>.local`, `.env.local` (not in tests), `.env.<mode>`,
 * `.env`. The mode is `development`, `test` or, for every other `NODE_ENV`, `production`. Processes
 * started from this one inherit the result.
 *
 * This is the only way to a setting: code that reads `process.env` itself may come before the files.
 * Throws an `Error` that names each file that cannot be read.
 */
export function readEnvironment(dir = paperDir()): Environment {
  const failures: string[] = []
  const log = {
    info: () => {},
    error: (sentence: string, cause: unknown) =>
      failures.push(`${sentence}: ${cause instanceof Error ? cause.message : String(cause)}`),
  }
  nextEnv.loadEnvConfig(dir, process.env.NODE_ENV === 'development', log)
  if (failures.length > 0) throw new Error(failures.join('\n'))
  return process.env
}
