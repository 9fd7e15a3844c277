import { prepare } from './prepare.mjs'

/**
 * `npm test`: installs what is missing and runs every stage until one fails. `npm test -- unit` runs
 * one stage; what follows its name goes to the tool (`npm test -- e2e --headed`).
 */
await prepare()
const { runTests } = await import('./run-tests.ts')
process.exitCode = await runTests(process.argv.slice(2))
