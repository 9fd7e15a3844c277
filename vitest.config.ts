import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{app,components,deploy,lib,scripts,server,tooling}/**/*.test.{ts,tsx}'],
    // Nothing in a test may depend on where or when it runs.
    env: { TZ: 'Pacific/Kiritimati' },
    unstubEnvs: true,
    restoreMocks: true,
  },
})
