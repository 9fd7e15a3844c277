import { type AddCommand, createAnswer, type Done, toList, toPositive } from './options.ts'

/** Commands that make, build and run a site. */
export function addSiteCommands(add: AddCommand, done: Done): void {
  const answer = createAnswer(done)
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
    .action(answer(() => import('../init-publication.ts'), 'initPublication'))
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
      const { ingest } = await import('../ingest.ts')
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
    .option('--ingest', 'one more fetches stories, which are written to the content folder')
    .action(async (options) => {
      const { startFleet } = await import('../fleet.ts')
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
}
