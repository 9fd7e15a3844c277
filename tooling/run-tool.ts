import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '..')

const manifestSchema = z.object({
  bin: z.union([z.string(), z.record(z.string(), z.string())]),
})

type RunOptions = {
  env?: Record<string, string>
  /** Where its standard output goes: to ours, or to our standard error. */
  output?: 'stdout' | 'stderr'
}

/**
 * Runs a command of an installed package with the Node that runs this, on every platform. Returns its
 * exit code. Throws when the package does not have the command.
 */
export function runTool(
  packageName: string,
  command: string,
  parameters: string[],
  options: RunOptions = {},
): Promise<number> {
  return run(process.execPath, [findCommand(packageName, command), ...parameters], options)
}

/**
 * Runs a program to its end and passes signals on to it. Returns its exit code, 127 when there is no
 * such program.
 */
export function run(
  program: string,
  parameters: string[],
  { env = {}, output = 'stdout' }: RunOptions = {},
): Promise<number> {
  const child = spawn(program, parameters, {
    cwd: root,
    stdio: ['inherit', output === 'stderr' ? 2 : 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  const stop = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return new Promise((answer) => {
    const finish = (status: number) => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      answer(status)
    }
    child.on('error', () => finish(127))
    child.on('exit', (code, signal) => finish(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
  })
}

function findCommand(packageName: string, command: string): string {
  const manifestFile = join(root, 'node_modules', packageName, 'package.json')
  const { bin } = manifestSchema.parse(JSON.parse(readFileSync(manifestFile, 'utf8')))
  const path = typeof bin === 'string' ? bin : bin[command]
  if (path === undefined) throw new Error(`${packageName} has no command ${command}`)
  return join(dirname(manifestFile), path)
}
