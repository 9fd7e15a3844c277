import './lib/site/load-site.ts'
import { randomBytes } from 'node:crypto'
import type { NextConfig } from 'next'
import {
  PHASE_DEVELOPMENT_SERVER,
  PHASE_PRODUCTION_BUILD,
  PHASE_PRODUCTION_SERVER,
} from 'next/constants.js'

let buildId = ''

/**
 * Everything that a build needs beside the framework's own is made by hooks here, so that plain
 * `npx next build` is a whole build.
 */
export default async function config(phase: string): Promise<NextConfig> {
  if (phase === PHASE_PRODUCTION_SERVER && process.env.DATELINE_SERVER === undefined) {
    console.error(
      'next start does not serve this site: it has a server of its own. Run `npm start`, or `npx dateline start`.',
    )
    process.exit(1)
  }
  if (phase === PHASE_DEVELOPMENT_SERVER || phase === PHASE_PRODUCTION_BUILD) {
    const { buildFontsWhenStale } = await import('./tooling/build-fonts.ts')
    await buildFontsWhenStale()
  }
  return {
    // Not a folder above that happens to hold a lock file.
    turbopack: { root: import.meta.dirname },
    // Covers come in the sizes they are shown in: Next resizes nothing.
    images: { unoptimized: true },
    poweredByHeader: false,
    reactStrictMode: true,
    // Metadata stand in the head, whoever asks.
    htmlLimitedBots: /.*/,
    // The page cache is bounded in bytes and is the only one.
    cacheMaxMemorySize: 0,
    // Trailing slashes and other spellings are the server's business.
    skipTrailingSlashRedirect: true,
    // Types are checked by `npm run check` and `npm test`; a build only builds.
    typescript: { ignoreBuildErrors: true },
    // Next writes BUILD_ID after the hook below, which needs it.
    generateBuildId: () => {
      buildId = randomBytes(8).toString('hex')
      return buildId
    },
    compiler: {
      async runAfterProductionCompile({ distDir }) {
        const { completeBuild } = await import('./tooling/build.ts')
        await completeBuild(distDir, buildId)
      },
    },
  }
}
