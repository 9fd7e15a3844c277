import { type AddCommand, createAnswer, type Done, toList, toPositive } from './options.ts'

/** Commands for those who work on the code. */
export function addMaintenanceCommands(add: AddCommand, done: Done): void {
  const answer = createAnswer(done)
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
    .action(answer(() => import('#bench/speed/bench.ts'), 'bench'))
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
    .action(answer(() => import('#bench/faults/fleet-faults.ts'), 'fleetFaults'))
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
    .action(answer(() => import('#bench/faults/rolling-deploys.ts'), 'rollingDeploys'))
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
    .action(answer(() => import('#bench/faults/ingest-faults.ts'), 'ingestFaults'))
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
    .action(answer(() => import('#bench/faults/desk-faults.ts'), 'deskFaults'))

  const maintaining = 'Maintaining the code:'
  add(maintaining, 'covers:draw [folder]', 'Draws the covers that articles expect in public/.', {
    examples: ['npx dateline covers:draw', 'npx dateline covers:draw e2e/content'],
  })
    .option('--force', 'draw those again that are there')
    .action(answer(() => import('#tooling/draw-covers/draw-covers.ts'), 'drawCovers'))
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
}
