import { defineConfig } from 'vitest/config'
import { listIngestSettings } from './lib/ingest/settings/ingest-env.ts'
import { listSiteSettings } from './lib/site/env.ts'
import { blankSettings } from './lib/site/settings.ts'

export default defineConfig({
  test: {
    include: ['{app,components,deploy,lib,scripts,server,tooling}/**/*.test.{ts,tsx}'],
    // Nothing in a test may depend on where or when it runs, or on somebody's .env files.
    env: {
      ...blankSettings([...listSiteSettings(), ...listIngestSettings()], {}),
      TZ: 'Pacific/Kiritimati',
    },
    unstubEnvs: true,
    restoreMocks: true,
  },
})
