import { resolve } from 'node:path'
import { Command, CommanderError, Help, InvalidArgumentError, Option } from 'commander'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { escapeControls } from '#lib/node/log.ts'
import { siteVariable } from '#lib/site/site.ts'
import { type Report, typedFrom, UsageError } from './command.ts'

/**
 * The command line. A command is a few lines here, with a sentence for each flag, and a function that
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

/** A report, an exit code, or undefined for what goes on running. */
type Outcome = Report | number | undefined

/** The commands. Each gives what it answers to `done`. */
export function createProgram(done: (outcome: Outcome) => void): Command {
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

  /** A command with its examples; `--json` unless it only starts something. */
  function add(
    group: string,
    usage: string,
    sentence: string,
    { examples, hasJson = true }: { examples: string[]; hasJson?: boolean },
    parent = program,
  ): Command {
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

  const site = 'The site:'
  add(
    site,
    'init <folder>',
    'Makes the folder of a new publication, which starts and can be edited.',
    {
      examples: [
        'npx dateline init ../harbour-news --name "Harbour News"',
        'npx dateline init ../port --name Port --languages pl,en',
        'npx dateline start --paper ../harbour-news',
      ],
    },
  )
    .requiredOption('--name <name>', 'what the publication is called')
    .option('--languages <list>', 'language codes, the default one first', toList, ['en'])
    .action(async (folder, options) => {
      const { initPaper } = await import('./init-paper.ts')
      done(await initPaper(folder, options))
    })
  add(
    site,
    'start',
    'Installs and builds what has changed, then serves the site (or ingests: ROLE=ingest).',
    {
      examples: [
        'npx dateline start',
        'PORT=8080 SITE_URL=https://news.example npx dateline start',
      ],
      hasJson: false,
    },
  ).action(async () => {
    const { siteEnv } = await import('#lib/site/env.ts')
    if (siteEnv().role === 'ingest') {
      const { ingest } = await import('./ingest.ts')
      return done(await ingest({ watch: true }))
    }
    const { buildWhenStale } = await import('#tooling/build.ts')
    const status = await buildWhenStale()
    if (status !== 0) return done(1)
    await import('#server/main.ts')
    done(undefined)
  })
  add(site, 'fleet', 'Tries several machines out on this one: a database, a writer, readers.', {
    examples: ['npx dateline fleet', 'npx dateline fleet --nodes 2 --port 4000'],
    hasJson: false,
  })
    .option('--nodes <number>', 'how many serve readers', toPositive, 3)
    .option('--port <number>', 'of the writer; readers have the next ones', toPositive, 3400)
    .action(async (options) => {
      const { startFleet } = await import('./fleet.ts')
      await startFleet(options)
      done(undefined)
    })
  add(site, 'dev', 'Serves the site from source and reloads what changes.', {
    examples: ['npx dateline dev'],
    hasJson: false,
  }).action(async () => {
    const { develop } = await import('#tooling/develop.ts')
    done(await develop())
  })
  add(site, 'build', 'Builds the site unless the build at hand is of the same sources.', {
    examples: ['npx dateline build'],
  }).action(async () => {
    const { buildWhenStale } = await import('#tooling/build.ts')
    const startedAt = Date.now()
    if ((await buildWhenStale()) !== 0) throw new Error('The site could not be built.')
    const milliseconds = Date.now() - startedAt
    done({ text: 'The build is up to date.', json: { folder: '.next', milliseconds } })
  })

  const articles = 'Articles (named by file, slug or address):'
  const language = ['--lang <code>', 'which language, when a slug is in several'] as const
  add(articles, 'check [folder]', 'Names every problem of every content file.', {
    examples: [
      'npx dateline check',
      'npx dateline check --fix',
      'npx dateline check drafts --json',
    ],
  })
    .option('--fix', 'mend broken encodings in the files themselves')
    .action(async (folder, options) => {
      const { check } = await import('./check-content.ts')
      done(await check(folder, options))
    })
  add(articles, 'new <title>', 'Writes a new article file; never over one that is there.', {
    examples: [
      'npx dateline new "Exchange opens a vault" --category BUSINESS --draft',
      'npx dateline new "Біржа відкрила сховище" --lang uk --translation-of exchange-opens-a-vault',
      'npx dateline new "Rates" --category MARKETS --text rates.md',
    ],
  })
    .option('--lang <code>', 'its language; left out: the default language')
    .option('--category <name>', 'its section, such as MARKETS; a translation takes its original’s')
    .option('--description <text>', 'a sentence or two for lists and search engines')
    .option('--tags <list>', 'further subjects, separated by commas')
    .option('--slug <slug>', 'the last part of its address; left out: made from the title')
    .option('--translation-of <article>', 'the article in another language that it translates')
    .option('--text <file>', 'a Markdown file with the text, - for standard input')
    .option('--draft', 'nobody is shown it yet; always so without --text')
    .action(async (title, options) => {
      const { newArticle } = await import('./new-article.ts')
      done(await newArticle(title, options))
    })
  add(articles, 'rename <article> <new-slug>', 'Gives an article a new address.', {
    examples: ['npx dateline rename exchange-opens-a-vault vault-opened'],
  })
    .summary('Gives an article a new address; the old one redirects.')
    .option(...language)
    .action(async (named, slug, options) => {
      const { renameArticle } = await import('./edit-article.ts')
      done(await renameArticle(named, slug, options))
    })
  add(articles, 'withdraw <article>', 'Takes an article back: its address answers 410.', {
    examples: [
      'npx dateline withdraw vault-opened --reason "The source has taken it back"',
      'npx dateline withdraw vault-opened --undo',
    ],
  })
    .option('--reason <text>', 'why; kept in the file as a comment, not shown to readers')
    .option('--undo', 'serve it again')
    .option(...language)
    .action(async (named, options) => {
      const { withdrawArticle } = await import('./edit-article.ts')
      done(await withdrawArticle(named, options))
    })
  add(articles, 'schedule <article>', 'Sets when an article appears.', {
    examples: ['npx dateline schedule vault-opened --at 2026-12-24T09:30:00Z'],
  })
    .requiredOption('--at <time>', 'a time in the future, ISO 8601 with a zone; without one: UTC')
    .option(...language)
    .action(async (named, options) => {
      const { scheduleArticle } = await import('./edit-article.ts')
      done(await scheduleArticle(named, options))
    })
  add(articles, 'correct <article>', 'Adds a correction, which readers see with the article.', {
    examples: ['npx dateline correct vault-opened --note "The vault holds 40 coins, not 400."'],
  })
    .requiredOption('--note <text>', 'what was wrong and what is right')
    .option(...language)
    .action(async (named, options) => {
      const { correctArticle } = await import('./edit-article.ts')
      done(await correctArticle(named, options))
    })
  add(articles, 'pin <article>', 'Puts an article on top of the front page.', {
    examples: [
      'npx dateline pin vault-opened --until 2026-12-24T18:00:00Z',
      'npx dateline pin vault-opened --off',
    ],
  })
    .option('--weight <number>', 'the heaviest pin stands first; left out: 1', toPositive)
    .option('--until <instant>', 'when the pin ends; left out: in three days')
    .option('--off', 'take it off the top')
    .option(...language)
    .action(async (named, options) => {
      const { pinArticle } = await import('./edit-article.ts')
      done(await pinArticle(named, options))
    })
  add(articles, 'preview <article>', 'Prints a signed link to an article that is not published.', {
    examples: ['npx dateline preview vault-opened', 'npx dateline preview vault-opened --hours 2'],
  })
    .option(
      '--hours <number>',
      'how long the link can be opened, at most a year; left out, PREVIEW_HOURS',
      toPositive,
    )
    .option(...language)
    .action(async (named, options) => {
      const { preview } = await import('./preview.ts')
      done(await preview(named, options))
    })
  add(articles, 'publish [articles...]', 'Re-reads content now: the named articles, or all.', {
    examples: [
      'npx dateline publish',
      'npx dateline publish content/articles/en/2026/11/vault-opened.md',
      'npx dateline publish --confirm-removals',
    ],
  })
    .option(
      '--confirm-removals',
      'remove missing files also when they are more than a fifth of all (and at least 20)',
    )
    .option(...language)
    .action(async (names, options) => {
      const { publishFiles } = await import('./publish.ts')
      done(await publishFiles(names, options))
    })

  const desk = program
    .command('desk')
    .description('Reviews what ingest and others wrote: approve, reject, compare, restore.')
    .usage('<command> [options]')
    .helpGroup(articles)
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
    .action(async (options) => {
      const { listDesk } = await import('./desk.ts')
      done(await listDesk(options))
    })
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
    .action(async (named, options) => {
      const { showOnDesk } = await import('./desk.ts')
      done(await showOnDesk(named, options))
    })
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
    .action(async (named, options) => {
      const { approveOnDesk } = await import('./desk.ts')
      done(await approveOnDesk(named, options))
    })
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
    .action(async (named, options) => {
      const { rejectOnDesk } = await import('./desk.ts')
      done(await rejectOnDesk(named, options))
    })
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
    .action(async (named, options) => {
      const { askOnDesk } = await import('./desk.ts')
      done(await askOnDesk(named, options))
    })
  add(
    ofDesk,
    'diff <article> [revision]',
    'Lists the revisions of an article and prints what one changed.',
    { examples: ['npx dateline desk diff vault-opened', 'npx dateline desk diff vault-opened 17'] },
    desk,
  )
    .option(...language)
    .action(async (named, revision, options) => {
      const { diffOnDesk } = await import('./desk.ts')
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
      const { restoreOnDesk } = await import('./desk.ts')
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
    .action(async (options) => {
      const { inviteToDesk } = await import('./desk.ts')
      done(inviteToDesk(options))
    })

  add('Stories:', 'ingest', 'Fetches stories from the sources and writes articles.', {
    examples: [
      'npx dateline ingest --dry-run',
      'npx dateline ingest --watch',
      'npx dateline ingest --source coindesk --limit 5 --json',
      'npx dateline ingest --check-model',
    ],
  })
    .option(
      '--watch',
      'go on, each source at its own pace, until it is stopped; with --json a line a pass',
    )
    .option('--dry-run', 'say what would be done; ask no model and write nothing')
    .option(
      '--check-model',
      'only ask the model one question, and say format, speed and price; writes no article',
    )
    .option('--source <key>', 'only this source, also one that has failed before')
    .option('--limit <number>', 'at most so many new stories in a pass; the others wait', toCount)
    .option('--config <file>', 'other settings than ingest.config.ts')
    .addHelpText(
      'after',
      '\nExit code 3: another run has the content folder, or another machine ingests.',
    )
    .action(async (options) => {
      const { ingest } = await import('./ingest.ts')
      done(await ingest(options))
    })

  const moving = 'Moving:'
  add(moving, 'import <format> <from>', 'Brings posts of another tool into the content folder.', {
    examples: [
      'npx dateline import markdown ../old-blog --dry-run',
      'npx dateline import wordpress export.xml --media ../wp-content/uploads --category NEWS',
      'npx dateline import ghost export.json --old-site https://old.example --download',
    ],
  })
    .summary('Brings posts of WordPress, Ghost, Hugo, Jekyll and others here.')
    .option('--dry-run', 'report what would be done, and write nothing')
    .option('--category <name>', 'for posts without one, which are drafts otherwise')
    .option('--categories <list>', 'other names for old ones: "Old name=MARKETS,Blog=NEWS"', toList)
    .option('--lang <code>', 'the language of posts that say none; left out: the default language')
    .option('--media <folder>', 'where pictures lie, such as wp-content/uploads; repeatable', addTo)
    .option('--download', 'fetch pictures that no folder has, never from private addresses')
    .option('--old-site <url>', 'the address of the old site, whose links become ours')
    .option('--old-addresses <pattern>', 'how Jekyll made addresses: /:year/:month/:day/:title/')
    .option('--overwrite', 'write over files that are there and differ')
    .addHelpText(
      'after',
      `
Formats: markdown (a folder of Hugo, Jekyll, Astro, Eleventy, Gatsby, Docusaurus, Obsidian or of
Dateline), wordpress (an XML export), ghost (a JSON export). Each loss is named by file, line and field.
Exit code 1: a post was left out, or a file that is there with another text was kept.`,
    )
    .action(async (format, from, options) => {
      const { importFrom } = await import('./import-content.ts')
      done(await importFrom(format, from, options))
    })
  add(moving, 'export <folder>', 'Copies all content into an empty folder, with articles.json.', {
    examples: ['npx dateline export ../archive'],
  }).action(async (folder) => {
    const { exportTo } = await import('./export-content.ts')
    done(await exportTo(folder))
  })

  add(moving, 'pull [folder]', 'Rebuilds the content folder from the database of a fleet.', {
    examples: [
      'npx dateline pull',
      'npx dateline pull ../restored --json',
      'npx dateline pull --overwrite',
    ],
  })
    .option('--overwrite', 'write over files that are there and differ')
    .addHelpText(
      'after',
      `
Files that only the folder has stay. Exit code 1: a file that differs was left as it is, or one could
not be written.`,
    )
    .action(async (folder, options) => {
      const { pullFrom } = await import('./pull-content.ts')
      done(await pullFrom(folder, options))
    })

  const measuring = 'Measuring:'
  add(measuring, 'bench', 'Measures the site on generated articles.', {
    examples: ['npx dateline bench --articles 10000', 'npx dateline bench --only search --json'],
  })
    .option('--articles <number>', 'how many articles are generated', toPositive, 10_000)
    .option(
      '--only <list>',
      'of bodies,index,hostile,start,search,sitemap,fleet,render,serve,publish,crowd,weight,proxy,lighthouse',
      toList,
      ['index', 'render', 'serve', 'weight'],
    )
    .option('--markdown <folder>', 'whose Markdown `bodies` renders', 'node_modules')
    .option('--seconds <number>', 'how long each load lasts', toPositive, 5)
    .option('--runs <number>', 'how often Lighthouse runs, and rounds of proxy', toPositive, 3)
    .option('--port <number>', 'the first of the ports that it uses', toPositive, 3290)
    .action(async (options) => {
      const { bench } = await import('#bench/speed/bench.ts')
      done(await bench(options))
    })
  add(measuring, 'faults', 'Kills and damages a site on purpose and checks what is left.', {
    examples: ['npx dateline faults --quick', 'npx dateline faults --only requests --seed 7'],
  })
    .option('--kills <number>', 'how often the site is killed', toPositive, 50)
    .option('--articles <number>', 'how many articles it has', toPositive, 2000)
    .option(
      '--only <list>',
      'of first-index,sync,publish,cache,damage,arrivals,requests; left out: all',
      toList,
    )
    .option('--damage <words>', 'only damages with these words in their name', '')
    .option('--quick', 'only what takes seconds', false)
    .option('--seed <text>', 'repeats what was done with it', String(Date.now()))
    .option('--port <number>', 'where the site listens', toPositive, 3370)
    .option('--requests <number>', 'how many request lines are made up', toPositive, 60_000)
    .action(async (options) => {
      const { faults, faultSections } = await import('#bench/faults/faults.ts')
      done(await faults({ only: faultSections, ...options }))
    })
  add(measuring, 'fleet:faults', 'Kills and stops machines of a fleet and checks what is left.', {
    examples: ['npx dateline fleet:faults --rounds 6', 'npx dateline fleet:faults --seed 7'],
  })
    .option('--rounds <number>', 'how many faults there are', toPositive, 12)
    .option('--articles <number>', 'how many articles there are before', toPositive, 50)
    .option('--only <words>', 'only faults with these words in their name', '')
    .option('--pooler', 'the machines reach the database through pgbouncer in transaction mode')
    .option('--seed <text>', 'repeats what was done with it', String(Date.now()))
    .option('--port <number>', 'the first of the ports that it uses', toPositive, 3390)
    .action(async (options) => {
      const { fleetFaults } = await import('#bench/faults/fleet-faults.ts')
      done(await fleetFaults(options))
    })
  add(
    measuring,
    'fleet:deploys',
    'Replaces the machines of a fleet one by one while readers ask.',
    {
      examples: ['npx dateline fleet:deploys --rounds 3'],
    },
  )
    .option('--rounds <number>', 'how often all machines are replaced', toPositive, 20)
    .option('--articles <number>', 'how many articles there are', toPositive, 50)
    .option('--load <number>', 'how many readers there are', toPositive, 8)
    .option('--port <number>', 'the first of the ports that it uses', toPositive, 3395)
    .action(async (options) => {
      const { rollingDeploys } = await import('#bench/faults/rolling-deploys.ts')
      done(await rollingDeploys(options))
    })
  add(measuring, 'ingest:bench', 'Measures how ingest judges, and how long a pass takes.', {
    examples: ['npx dateline ingest:bench --only judgement'],
    hasJson: false,
  })
    .option('--only <list>', 'of judgement,fact-check,nothing-new,known', toList, [
      'judgement',
      'fact-check',
      'nothing-new',
      'known',
    ])
    .option('--articles <number>', 'how many articles are known', toPositive, 100_000)
    .option('--feeds <number>', 'how many feeds bring nothing new', toPositive, 100)
    .option('--content <folder>', 'a content folder that is there, instead of a generated one')
    .option('--texts <folder>', 'parallel texts for the fact check: <name>.en and <name>.uk')
    .action(async (options) => {
      const { ingestBench } = await import('#bench/speed/ingest-bench.ts')
      await ingestBench(options)
      done(0)
    })
  add(measuring, 'ingest:faults', 'Kills ingest on purpose and checks what it has written.', {
    examples: ['npx dateline ingest:faults --kills 200'],
  })
    .option('--kills <number>', 'how often it is killed', toPositive, 200)
    .option('--seed <text>', 'repeats what was done with it', String(Date.now()))
    .action(async (options) => {
      const { ingestFaults } = await import('#bench/faults/ingest-faults.ts')
      done(await ingestFaults(options))
    })
  add(measuring, 'desk:faults', 'Edits and writes files at random and checks what is left.', {
    examples: ['npx dateline desk:faults', 'npx dateline desk:faults --count 200 --seed 7'],
  })
    .option(
      '--count <number>',
      'how many edits of one field, sequences of edits, and writers at once',
      toPositive,
      10_000,
    )
    .option('--seed <text>', 'repeats what was done with it', String(Date.now()))
    .action(async (options) => {
      const { deskFaults } = await import('#bench/faults/desk-faults.ts')
      done(await deskFaults(options))
    })

  const maintaining = 'Maintaining the code:'
  add(maintaining, 'covers:draw [folder]', 'Draws the covers that articles expect in public/.', {
    examples: ['npx dateline covers:draw', 'npx dateline covers:draw e2e/content'],
  })
    .option('--force', 'draw those again that are there')
    .action(async (folder, options) => {
      const { drawCovers } = await import('#tooling/draw-covers/draw-covers.ts')
      done(await drawCovers(folder, options))
    })
  add(maintaining, 'icons:draw <folder>', 'Draws the icons that the site serves into a folder.', {
    examples: ['npx dateline icons:draw icons'],
  }).action(async (folder) => {
    const { drawIcons } = await import('#tooling/draw-icons.ts')
    done(await drawIcons(folder))
  })
  add(maintaining, 'screenshot:take', 'Takes the picture of the README from the sample edition.', {
    examples: ['npx dateline screenshot:take'],
  }).action(async () => {
    const { takeScreenshot } = await import('#bench/speed/take-screenshot.ts')
    done(await takeScreenshot())
  })
  add(maintaining, 'settings:write', 'Writes the tables of settings from the schemas.', {
    examples: ['npx dateline settings:write'],
  }).action(async () => {
    const { writeManuals } = await import('#tooling/settings-manual.ts')
    done(await writeManuals())
  })
  add(
    maintaining,
    'schema:write',
    'Writes article.schema.json from the schema of the front matter.',
    {
      examples: ['npx dateline schema:write'],
    },
  ).action(async () => {
    const { writeArticleSchema } = await import('#tooling/article-schema.ts')
    done(await writeArticleSchema())
  })
  add(maintaining, 'lock:complete', 'Adds other platforms’ builds to package-lock.json.', {
    examples: ['npx dateline lock:complete'],
  }).action(async () => {
    const { writeCompleteLockFile } = await import('#tooling/lock-file.ts')
    done(await writeCompleteLockFile())
  })
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

function toPositive(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isFinite(number) && number > 0) return number
  throw new InvalidArgumentError('Expected a number above 0.')
}

function toCount(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected a whole number.')
}

/** A revision as `dateline desk diff` numbers it. */
function toRevision(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new UsageError(`The revision is "${text}", expected a number of \`dateline desk diff\`.`)
}

/** Of a command and of those below it. */
const listCommands = (command: Command): Command[] =>
  command.commands.flatMap((one) => [one, ...listCommands(one)])

/** `desk approve`, without the program's own name. */
const fullNameOf = (command: Command): string =>
  command.parent ? [fullNameOf(command.parent), command.name()].join(' ').trim() : ''

const toList = (text: string) => text.split(',').map((word) => word.trim())

const addTo = (text: string, before: string[] = []) => [...before, text]

// Also run as it is where Node is new enough and nothing may be installed: by systemd, in a container.
if (import.meta.main) process.exitCode = await runCommandLine(process.argv.slice(2))
