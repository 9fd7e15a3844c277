import { defineConfig, devices } from '@playwright/test'
import { listSiteSettings } from './lib/site/env.ts'
import { blankSettings } from './lib/site/parse-settings.ts'
import { findChromium } from './tooling/find-chromium.ts'
import { findEngines } from './tooling/find-engines.ts'

// What a developer's .env files say has no place in a test.
Object.assign(process.env, blankSettings(listSiteSettings(), process.env))

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.test.ts',
  // Each worker has a site of its own (`e2e/journey.ts`), so journeys may run in any order, at once.
  fullyParallel: true,
  workers: 2,
  // A machine that is busy with other things is slow, and not wrong.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace of every journey would cost a fifth of the time. Look closer with `--trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      // For journeys in other browsers, which Playwright does not drive as Debian ships them.
      metadata: { engines: findEngines() },
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: {
          executablePath: findChromium(),
          // Playwright leaves Chromium's sandbox off: root and many containers cannot have one, and
          // the journeys open nothing but our own site.
          args: [
            // Never the network: no other host has an address.
            '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
            '--disable-quic',
          ],
        },
      },
    },
  ],
})
