import {
  type AddCommand,
  addTo,
  articleGroup,
  createAnswer,
  type Done,
  language,
  toCount,
  toList,
  toPositive,
} from './options.ts'

/** Commands for articles by hand, for stories that come from sources, and for whole archives. */
export function addArticleCommands(add: AddCommand, done: Done): void {
  const answer = createAnswer(done)
  add(articleGroup, 'check [folder]', 'Names every problem of every content file.', {
    examples: [
      'npx dateline check',
      'npx dateline check --fix',
      'npx dateline check drafts --json',
    ],
  })
    .option('--fix', 'mend broken encodings in the files themselves')
    .action(answer(() => import('../check-content.ts'), 'check'))
  add(articleGroup, 'new <title>', 'Writes a new article file; never over one that is there.', {
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
    .action(answer(() => import('../new-article.ts'), 'newArticle'))
  add(articleGroup, 'rename <article> <new-slug>', 'Gives an article a new address.', {
    examples: ['npx dateline rename exchange-opens-a-vault vault-opened'],
  })
    .summary('Gives an article a new address; the old one redirects.')
    .option(...language)
    .action(answer(() => import('../edit-article.ts'), 'renameArticle'))
  add(articleGroup, 'withdraw <article>', 'Takes an article back: its address answers 410.', {
    examples: [
      'npx dateline withdraw vault-opened --reason "The source has taken it back"',
      'npx dateline withdraw vault-opened --undo',
    ],
  })
    .option(
      '--reason <text>',
      'why (required without --undo); kept in the file as a comment, not shown to readers',
    )
    .option('--undo', 'serve it again')
    .option(...language)
    .action(answer(() => import('../edit-article.ts'), 'withdrawArticle'))
  add(articleGroup, 'schedule <article>', 'Sets when an article appears.', {
    examples: ['npx dateline schedule vault-opened --at 2026-12-24T09:30:00Z'],
  })
    .requiredOption('--at <time>', 'a time in the future, ISO 8601 with a zone; without one: UTC')
    .option(...language)
    .action(answer(() => import('../edit-article.ts'), 'scheduleArticle'))
  add(articleGroup, 'correct <article>', 'Adds a correction, which readers see with the article.', {
    examples: ['npx dateline correct vault-opened --note "The vault holds 40 coins, not 400."'],
  })
    .requiredOption('--note <text>', 'what was wrong and what is right')
    .option(...language)
    .action(answer(() => import('../edit-article.ts'), 'correctArticle'))
  add(articleGroup, 'pin <article>', 'Puts an article on top of the front page.', {
    examples: [
      'npx dateline pin vault-opened --until 2026-12-24T18:00:00Z',
      'npx dateline pin vault-opened --off',
    ],
  })
    .option('--weight <number>', 'the heaviest pin stands first; left out: 1', toPositive)
    .option('--until <instant>', 'when the pin ends; left out: in three days')
    .option('--off', 'take it off the top')
    .option(...language)
    .action(answer(() => import('../edit-article.ts'), 'pinArticle'))
  add(
    articleGroup,
    'preview <article>',
    'Prints a signed link to an article that is not published.',
    {
      examples: [
        'npx dateline preview vault-opened',
        'npx dateline preview vault-opened --hours 2',
      ],
    },
  )
    .option(
      '--hours <number>',
      'how long the link can be opened, at most a year; left out, PREVIEW_HOURS',
      toPositive,
    )
    .option(...language)
    .action(answer(() => import('../preview.ts'), 'preview'))
  add(articleGroup, 'publish [articles...]', 'Re-reads content now: the named articles, or all.', {
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
    .action(answer(() => import('../publish.ts'), 'publishFiles'))

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
    .action(answer(() => import('../ingest.ts'), 'ingest'))

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
    .action(answer(() => import('../import-content.ts'), 'importFrom'))
  add(moving, 'export <folder>', 'Copies all content into an empty folder, with articles.json.', {
    examples: ['npx dateline export ../archive'],
  }).action(async (folder) => {
    const { exportTo } = await import('../export-content.ts')
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
    .action(answer(() => import('../pull-content.ts'), 'pullFrom'))
}
