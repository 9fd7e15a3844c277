import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { listIngestSettings } from './lib/ingest/settings/ingest-env.ts'
import { listSiteSettings } from './lib/site/env.ts'
import { blankSettings } from './lib/site/parse-settings.ts'
import { toSiteVariable } from './lib/site/read-site.ts'
import { siteVariable } from './lib/site/site.ts'

/**
 * Rooms whose tests compute and compare, in folders of their own where they need one: they share a
 * process, whose modules are loaded once for all of them. The tests of the others open databases and
 * servers: each file has a process.
 */
const pureRooms = ['app', 'components', 'lib/{content,covers,feeds,i18n,import,markdown,seo,site}']

const allTests = '{app,bench,cli,components,deploy,lib,server,tooling}/**/*.test.{ts,tsx}'
const pureTests = pureRooms.map((room) => `${room}/**/*.test.{ts,tsx}`)

/**
 * Their files share a PostgreSQL server, which is started only when one of them is run. Loading modules
 * takes as long as many a test: they share processes as well.
 */
const fleetTests = ['lib/replication/**/*.test.ts']

export default defineConfig({
  test: {
    // Half of the tests wait for files, servers and other processes: more of them than cores.
    maxWorkers: availableParallelism() + 1,
    // A machine that is busy with other things is slow, and not wrong.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Nothing in a test may depend on where or when it runs, or on somebody's .env files.
    env: {
      ...blankSettings([...listSiteSettings(), ...listIngestSettings()], {}),
      // A PostgreSQL server for the tests of fleets, where one is running: one is started for them otherwise.
      TEST_DATABASE_URL: process.env.DATABASE_URL ?? '',
      TZ: 'Pacific/Kiritimati',
      // The publication of tests that do not bring their own is the sample.
      PAPER_DIR: import.meta.dirname,
      [siteVariable]: toSiteVariable(import.meta.dirname),
    },
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: 'pure', include: pureTests, isolate: false } },
      {
        extends: true,
        test: {
          name: 'fleet',
          include: fleetTests,
          globalSetup: 'tooling/start-postgres.ts',
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'own', include: [allTests], exclude: [...pureTests, ...fleetTests] },
      },
    ],
  },
})
