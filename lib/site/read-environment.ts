import { resolve } from 'node:path'
import nextEnv from '@next/env'

/** Variables by name. */
export type Environment = Record<string, string | undefined>

/**
 * In the bundle that Next makes, this file has no folder. The process that runs a bundle has read the
 * files before, and what the loader marks in the environment keeps it from reading them again.
 */
const projectDir = import.meta.dirname ? resolve(import.meta.dirname, '../..') : process.cwd()

/**
 * The environment of this process, with the `.env` files of the project in it from the first call on.
 * The rules are those of Next, which reads the same files
 * (https://nextjs.org/docs/app/guides/environment-variables): a variable that the process was started
 * with wins, even an empty one; then `.env.<mode>.local`, `.env.local` (not in tests), `.env.<mode>`,
 * `.env`. The mode is `development`, `test` or, for every other `NODE_ENV`, `production`. Processes
 * started from this one inherit the result.
 *
 * This is the only way to a setting: code that reads `process.env` itself may come before the files.
 * Throws an `Error` that names each file that cannot be read.
 */
export function readEnvironment(dir = projectDir): Environment {
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
