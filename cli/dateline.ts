import { resolve } from 'node:path'
import { Command, CommanderError, Help, type Option } from 'commander'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { escapeControls } from '#lib/node/log.ts'
import { siteVariable } from '#lib/site/site.ts'
import { typedFrom, UsageError } from './command.ts'
import { addArticleCommands } from './commands/article-commands.ts'
import { addDeskCommands } from './commands/desk-commands.ts'
import { addMaintenanceCommands } from './commands/maintenance-commands.ts'
import type { AddCommand, Done, Outcome } from './commands/options.ts'
import { addSiteCommands } from './commands/site-commands.ts'

/**
 * The command line. A command is a few lines in `commands/`, with a sentence for each flag, and a function that
 * takes the flags and answers a `Report`. The function's module is loaded when the command runs:
 * `--help` reads and writes nothing.
 *
 * Exit codes: 0 done; 1 done with findings, or failed; 2 wrong usage or settings; `ingest` also has 3,
 * another run has the content folder, or another machine ingests.
 */

/** Where a command line writes: one document or text on `out`, everything else on `err`. */
export type Streams = { out: (text: string) => void; err: (text: string) => void }

const process_: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

/**
 * Runs a command and answers its exit code, undefined when it goes on running (`start`). Errors that a
 * user can act on become a sentence on `err`, with `--json` also `{ "error": … }` on `out`; others are
 * thrown.
 */
export async function runCommandLine(
  parameters: string[],
  streams: Streams = process_,
): Promise<number | undefined> {
  const isJson = parameters.includes('--json')
  const fail = (sentence: string, exitCode: number) => {
    const message = sentence.split('\n').map(escapeControls).join('\n').trimEnd()
    streams.err(`${message}\n`)
    if (isJson) streams.out(`${JSON.stringify({ error: message })}\n`)
    return exitCode
  }
  let outcome: Outcome
  let command = ''
  const program = createProgram((answer) => {
    outcome = answer
  })
  program.hook('preAction', (_program, chosen) => {
    command = fullNameOf(chosen)
  })
  // Commander hands its texts over instead of writing them, for every command.
  let complaint = ''
  for (const one of [program, ...listCommands(program)]) {
    one.exitOverride().configureOutput({
      writeOut: streams.out,
      writeErr: (text) => {
        complaint += text
      },
    })
  }
  try {
    await program.parseAsync(parameters, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : fail(complaint || error.message, 2)
    }
    if (error instanceof UsageError) {
      // Settings are read before a command begins: its help says nothing of them.
      return fail(error.message + (command && `\nSee: dateline ${command} --help`), 2)
    }
    if (error instanceof InvalidArticleError) {
      return fail(`The file cannot become an article:\n${error.message}`, 1)
    }
    if (isExpected(error)) return fail(error.message, 1)
    throw error
  }
  if (typeof outcome !== 'object') return outcome
  const { text, json, notes, exitCode = 0 } = outcome
  streams.out(isJson ? `${JSON.stringify(json)}\n` : `${text}\n`)
  if (notes) streams.err(`${notes}\n`)
  return exitCode
}

/** An error that a sentence explains. Anything else is a defect, and prints its stack. */
function isExpected(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'Error' || 'code' in error)
}

/** The commands. Each gives what it answers to `done`. */
export function createProgram(done: Done): Command {
  const program = new Command('dateline')
    .description('Runs a news site from a folder of Markdown files.')
    .usage('<command> [options]')
    .helpCommand(false)
    .option('--paper <folder>', 'the publication: the folder of site.config.ts (also PAPER_DIR)')
    .hook('preAction', async (_program, command) => {
      const { paper } = program.opts<{ paper?: string }>()
      if (paper !== undefined) {
        process.env.PAPER_DIR = resolve(typedFrom(), paper)
        // A parent process may have read the configuration of another publication.
        delete process.env[siteVariable]
      }
      // `init` makes one. The server that `dev` starts reads it itself, again after each change.
      if (!['init', 'dev'].includes(command.name())) await readPaper()
    })
    .addHelpText(
      'after',
      `
Every command has --help. Settings are environment variables and .env files: docs/run-it.md.
Exit codes: 0 done; 1 done with findings, or failed; 2 wrong usage or settings.`,
    )
    .showHelpAfterError('See: dateline --help')

  /** With `--json` unless it only starts something. */
  const add: AddCommand = (
    group,
    usage,
    sentence,
    { examples, hasJson = true },
    parent = program,
  ) => {
    const command = parent
      .command(usage)
      .configureHelp({ optionDescription: describeOption })
      .description(sentence)
      .helpGroup(group)
      .allowExcessArguments(false)
      .showHelpAfterError(
        `See: dateline ${[fullNameOf(parent), usage.split(' ')[0]].join(' ').trim()} --help`,
      )
      .addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}`)
    if (hasJson) command.option('--json', 'print one JSON document instead of text')
    return command
  }

  addSiteCommands(add, done)
  addArticleCommands(add, done)
  addDeskCommands(program, add, done)
  addMaintenanceCommands(add, done)
  return program
}

/** Modules ask for the languages of the site when they are loaded, so this comes before them. */
async function readPaper(): Promise<void> {
  const { loadSite } = await import('#lib/site/read-site.ts')
  try {
    loadSite()
  } catch (error) {
    throw isExpected(error) ? new UsageError(error.message) : error
  }
}

/** Commander marks required arguments, but not required options. */
function describeOption(option: Option): string {
  const described = new Help().optionDescription(option)
  return option.mandatory ? `${described} (required)` : described
}

/** Of a command and of those below it. */
const listCommands = (command: Command): Command[] =>
  command.commands.flatMap((one) => [one, ...listCommands(one)])

/** `desk approve`, without the program's own name. */
const fullNameOf = (command: Command): string =>
  command.parent ? [fullNameOf(command.parent), command.name()].join(' ').trim() : ''

// Also run as it is where Node is new enough and nothing may be installed: by systemd, in a container.
if (import.meta.main) process.exitCode = await runCommandLine(process.argv.slice(2))
