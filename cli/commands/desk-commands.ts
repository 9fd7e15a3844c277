import { type Command, Option } from 'commander'
import {
  type AddCommand,
  articleGroup,
  createAnswer,
  type Done,
  language,
  toPositive,
  toRevision,
} from './options.ts'

/** `dateline desk …`: what an editor does in the browser, in a shell. */
export function addDeskCommands(program: Command, add: AddCommand, done: Done): void {
  const answer = createAnswer(done)
  const desk = program
    .command('desk')
    .description('Reviews what ingest and others wrote: approve, reject, compare, restore.')
    .usage('<command> [options]')
    .helpGroup(articleGroup)
    .helpCommand(false)
    .showHelpAfterError('See: dateline desk --help')
    .addHelpText(
      'after',
      `
Examples:
  $ npx dateline desk list
  $ npx dateline desk show vault-opened
  $ npx dateline desk approve vault-opened --by "News desk"

docs/the-desk.md describes the work. Exit codes: 0 done; 1 not done, or failed; 2 wrong usage or settings.`,
    )
  const ofDesk = 'Commands:'
  const by = ['--by <name>', 'who does it, for the history; left out: the account'] as const
  add(
    ofDesk,
    'list',
    'Lists what needs an editor, or articles.',
    {
      examples: [
        'npx dateline desk list',
        'npx dateline desk list --state draft --lang uk --json',
        'npx dateline desk list --unreviewed --text "court ruling"',
      ],
    },
    desk,
  )
    .option('--all', 'every article, whatever its state, instead of what needs you')
    .option('--state <state>', 'published, scheduled, draft, rejected, withdrawn or shadowed')
    .option('--lang <code>', 'only this language')
    .option('--section <name>', 'only this section')
    .option('--text <words>', 'with these words in title, description, tags or text')
    .option('--unreviewed', 'written or translated by a model, and reviewed by nobody')
    .option('--limit <number>', 'how many are listed, of each kind', toPositive, 20)
    .action(answer(() => import('../desk.ts'), 'listDesk'))
  add(
    ofDesk,
    'show <article>',
    'Prints an article, what it was made from, and what is doubted in it.',
    {
      examples: [
        'npx dateline desk show vault-opened',
        'npx dateline desk show vault-opened --json',
      ],
    },
    desk,
  )
    .option(...language)
    .action(answer(() => import('../desk.ts'), 'showOnDesk'))
  add(
    ofDesk,
    'approve <article>',
    'Gives an article a review, which readers see, and publishes a draft.',
    {
      examples: [
        'npx dateline desk approve vault-opened --by "News desk"',
        'npx dateline desk approve vault-opened --by Olha --at 2026-12-24T09:30:00Z',
      ],
    },
    desk,
  )
    .requiredOption('--by <name>', 'who has read the text, a name or a role; readers see it')
    .option('--at <time>', 'publish a draft then, ISO 8601 with a zone; left out: now')
    .option('--keep-date', 'leave the date of a draft as it is, when it has passed')
    .option('--digest <digest>', 'only if the file is still the one that `show` printed')
    .option(...language)
    .action(answer(() => import('../desk.ts'), 'approveOnDesk'))
  add(
    ofDesk,
    'reject <article>',
    'Keeps a draft from being published.',
    {
      examples: [
        'npx dateline desk reject vault-opened --reason "The quotation is invented"',
        'npx dateline withdraw vault-opened --undo',
      ],
    },
    desk,
  )
    .requiredOption('--reason <text>', 'why; kept in the file, not shown to readers')
    .option(...by)
    .option(...language)
    .action(answer(() => import('../desk.ts'), 'rejectOnDesk'))
  add(
    ofDesk,
    'ask <article>',
    'Has the model write a draft again, as a note says.',
    {
      examples: [
        'npx dateline desk ask vault-opened --note "Lead with the price, and leave the analyst out"',
      ],
    },
    desk,
  )
    .requiredOption(
      '--note <text>',
      'what the model is to do differently, 2,000 characters at most',
    )
    .option(...by)
    .option(...language)
    .action(answer(() => import('../desk.ts'), 'askOnDesk'))
  add(
    ofDesk,
    'diff <article> [revision]',
    'Lists the revisions of an article and prints what one changed.',
    { examples: ['npx dateline desk diff vault-opened', 'npx dateline desk diff vault-opened 17'] },
    desk,
  )
    .option(...language)
    .action(async (named, revision, options) => {
      const { diffOnDesk } = await import('../desk.ts')
      done(await diffOnDesk(named, toRevision(revision), options))
    })
  add(
    ofDesk,
    'restore <article> <revision>',
    'Brings back a revision, as a new one.',
    { examples: ['npx dateline desk restore vault-opened 17'] },
    desk,
  )
    .option(...by)
    .option(...language)
    .action(async (named, revision, options) => {
      const { restoreOnDesk } = await import('../desk.ts')
      done(await restoreOnDesk(named, toRevision(revision) ?? 0, options))
    })
  add(
    ofDesk,
    'invite',
    'Prints a link that lets one person into the desk in a browser, once.',
    { examples: ['npx dateline desk invite --role owner'] },
    desk,
  )
    .addOption(
      new Option('--role <role>', 'what they may do')
        .choices(['writer', 'editor', 'owner'])
        .default('editor'),
    )
    .option(...by)
    .action(answer(() => import('../desk.ts'), 'inviteToDesk'))
}
