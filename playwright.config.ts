import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { findFreePort, makeWorkingFolder } from './e2e/working-folder.ts'
import { listSiteSettings } from './lib/site/env.ts'
import { blankSettings } from './lib/site/settings.ts'
import { findChromium } from './scripts/find-chromium.ts'

// The processes of one run read this file one after the other: the first decides for all.
process.env.E2E_PORT ??= String(await findFreePort(3210))
process.env.E2E_FOLDER ??= makeWorkingFolder()
// The secret of previews is the one that the site and the script find in the data folder.
process.env.E2E_PUBLISH_SECRET ??= randomBytes(16).toString('hex')
const { E2E_PORT: port, E2E_FOLDER: folder } = process.env
const siteUrl = `http://localhost:${port}`

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.test.ts',
  globalTeardown: './e2e/global-teardown.ts',
  // Journeys drop files into the one content folder: they share a site, so they take turns.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: { baseURL: siteUrl, locale: 'en-GB', timezoneId: 'UTC', trace: 'retain-on-failure' },
  projects: [
    {
      name: 'chromium',
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
  webServer: {
    command: `"${process.execPath}" server/main.ts`,
    url: `${siteUrl}/health`,
    env: {
      // What a developer's .env files say has no place in a test.
      ...blankSettings(listSiteSettings(), process.env),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: port,
      HOST: 'localhost',
      SITE_URL: siteUrl,
      CONTENT_DIR: join(folder, 'content'),
      DATA_DIR: join(folder, 'data'),
      PREVIEW_SECRET: '',
      PUBLISH_SECRET: process.env.E2E_PUBLISH_SECRET,
    },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
    stderr: 'pipe',
  },
})
