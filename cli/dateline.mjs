#!/usr/bin/env node
import { resolve } from 'node:path'
import { prepare } from '../tooling/prepare.mjs'

/**
 * `npx dateline <command>`, and what `npm run <command>` calls: starts `dateline.ts` under Node 24,
 * whichever Node the machine has.
 */
const parameters = process.argv.slice(2)
const [command] = parameters
const asksForHelp = parameters.some((word) => ['--help', '-h', 'help'].includes(word))

/**
 * Heap limits of what runs for long, in MB. With a small young generation, garbage collection keeps
 * the server below 450 MB under load (docs/benchmarks.md); the units in deploy/ have the same.
 */
const nodeFlags = {
  start: ['--max-semi-space-size=8', '--max-old-space-size=512'],
  ingest: ['--max-semi-space-size=2'],
}

/** What Next, its build and `.env` files go by. Other commands leave it as it is. */
const modes = { start: 'production', build: 'production', dev: 'development' }
if (modes[command]) process.env.NODE_ENV = modes[command]

// A path from where the command was typed, and not from the folder of the engine.
if (process.env.PAPER_DIR) process.env.PAPER_DIR = resolve(process.env.PAPER_DIR)

await prepare({
  // The others run on what is installed: an operator's command does not change the installation.
  installs: ['start', 'dev', 'build'].includes(command) && !asksForHelp,
  nodeFlags: (!asksForHelp && nodeFlags[command]) || [],
})
const { runCommandLine } = await import('./dateline.ts')
process.exitCode = await runCommandLine(parameters)
